"""The keys of the demo view as data: one table for the bindings, the row of keys and the help."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """A key and what it does.

    keys: as Textual names them, with commas between. action: the screen's method. word: for the row of keys,
    "" where it is not shown there; some stand beside what they change. help: for the help. rank: the higher,
    the sooner the row leaves it out.
    """

    id: str
    keys: str
    action: str
    word: str
    help: str
    rank: int = 0


KEYS = (
    Key("demo.play", "space", "play", "play", "play and pause", 0),
    Key("demo.step_back", "comma", "step_back", "", "one update back"),
    Key("demo.step", "full_stop", "step", "step", "one update on", 1),
    Key("demo.ten_back", "less_than_sign,shift+left", "ten_back", "", "ten updates back"),
    Key("demo.ten_on", "greater_than_sign,shift+right", "ten_on", "", "ten updates on"),
    Key("demo.epoch", "e", "epoch", "epoch", "on to the end of this epoch", 3),
    Key("demo.slower", "minus", "slower", "", "slower"),
    Key(
        "demo.faster",
        "plus,equals_sign",
        "faster",
        "faster",
        "faster: from growing by itself to 1,000 updates a picture",
        11,
    ),
    Key("demo.start", "home", "start", "", "to the beginning of the run"),
    Key("demo.end", "end", "end", "", "to the furthest update that it has been at"),
    Key("demo.reset", "r", "reset", "reset", "begin anew from the same seed", 5),
    Key("demo.seed", "n", "new_seed", "", "begin anew from another seed"),
    Key("demo.next_knob", "down,j,tab", "next_knob", "", "choose the next knob"),
    Key("demo.previous_knob", "up,k,shift+tab", "previous_knob", "", "choose the knob before"),
    Key("demo.more", "right,l", "more", "", "turn the knob up; or type a number"),
    Key("demo.less", "left,h", "less", "", "turn the knob down"),
    Key("demo.ghost", "c", "ghost", "ghost", "show or hide the setting before, as a ghost", 6),
    Key("demo.sweep", "w", "sweep", "sweep", "many runs: over the chosen knob, then over 20 seeds", 8),
    Key("demo.code", "v", "code", "code", "the lines of a step, with what each computed", 7),
    Key("demo.page_down", "pagedown", "page(1)", "", "further down in the code"),
    Key("demo.page_up", "pageup", "page(-1)", "", "further up in the code"),
    Key("demo.copy", "y", "copy", "copy", "copy the command that shows just this", 10),
    Key("demo.help", "question_mark", "help", "help", "what to look for, and all keys", 2),
    Key("demo.leave", "q,escape", "leave", "leave", "leave", 4),
)

ASKING_KEYS = (
    Key("predict.next", "down,j,tab", "pick_next", "", "the next option"),
    Key("predict.previous", "up,k,shift+tab", "pick_previous", "", "the option before"),
    Key("predict.commit", "enter", "commit", "commit", "commit"),
    Key("predict.skip", "s", "skip", "skip", "skip: just play"),
    Key("predict.play", "p", "go_on", "", "play with it, once it is decided"),
)
