"""What can be done on each screen, as data: name, keys, label, a sentence. Screens bind it, help and the
palette read it, and `config.toml` may give it other keys. Nothing is done here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType


class Action(NamedTuple):
    """Something that can be done.

    id: `screen.name`, as in `[keys]` of config.toml. keys: Textual's names of them, comma between. label:
    a word or two, for the line of keys. sentence: what it does, for help. call: what Textual runs, by
    default the method `action_NAME` of the screen. shown: whether the line of keys names it.
    """

    id: str
    keys: str
    label: str
    sentence: str
    call: str = ""
    shown: bool = False

    @property
    def screen(self) -> str:
        return self.id.partition(".")[0]

    def binding(self) -> Binding:
        from textual.binding import Binding

        call = self.call or self.id.partition(".")[2].replace("-", "_")
        return Binding(self.keys, call, self.label, show=self.shown, id=self.id, tooltip=self.sentence)


# Screen → what it is, in two sentences, for help.
SCREENS = {
    "app": "",
    "tabs": "",
    "list": "",
    "welcome": "The first screen. It says what mlterms is, and Enter asks the first question.",
    "today": "What today holds: what is due, about how long it takes, and what the coming days will bring. "
    "Enter starts the questions; each answer is on disk before the next question appears.",
    "glossary": "All terms by topic, in the order in which they build on each other. "
    "Type to search; the card says what a term means, what it needs and what it leads to.",
    "found": "",
    "address": "The address of a page in the web. Nothing is opened unless you say so.",
    "quiz": "One question after the other, each at the moment at which you are about to forget. "
    "Leave whenever you like: nothing is lost, and the same question comes back.",
    "demo": "A small training run, drawn as it goes. Guess first what will happen, then turn a knob and see.",
    "demos": "The live demos, each a small training run with knobs to turn. "
    "Enter opens the one that is marked.",
    "settings": "What can be set, each with a sentence that says what it does. "
    "What you type is checked as you type, and saved when you press Enter.",
    "keys": "Every action and its keys. Enter on one, then press the key that it shall have.",
    "help": "What can be done where you were. Esc goes back there.",
}

_ALL = (
    # Everywhere.
    Action(
        "app.help",
        "question_mark,f1",
        "help",
        "Say where you are and what can be done here.",
        "app.show_help",
        True,
    ),
    Action(
        "app.palette",
        "ctrl+p",
        "commands",
        "Find a term, a demo or an action by name.",
        "app.command_palette",
        True,
    ),
    Action("app.quit", "q", "quit", "Leave mlterms. Nothing is lost.", "app.leave", True),
    # On the four tabs.
    Action("tabs.today", "1,f2", "Today", "Go to Today.", "app.go('today')"),
    Action("tabs.glossary", "2,f3", "Glossary", "Go to the glossary.", "app.go('glossary')"),
    Action("tabs.demos", "3,f4", "Demos", "Go to the demos.", "app.go('demos')"),
    Action("tabs.settings", "4,f5", "Settings", "Go to the settings.", "app.go('settings')"),
    Action("tabs.search", "slash", "search", "Search the glossary.", "app.search", True),
    # In lists of rows, wherever they are.
    Action("list.up", "up,k", "up", "One row up."),
    Action("list.down", "down,j", "down", "One row down."),
    Action("list.first", "home", "first", "The first row."),
    Action("list.last", "end", "last", "The last row."),
    Action("list.left", "left,h", "left", "To the place on the left."),
    Action("list.right", "right,l", "right", "To the place on the right."),
    Action("list.open", "enter", "open", "Open what is marked.", shown=True),
    # Screen by screen.
    Action("welcome.start", "enter", "first question", "Ask the first question.", shown=True),
    Action("welcome.look", "g", "look round first", "Go to the glossary and read.", shown=True),
    Action("today.start", "enter", "start", "Ask what is due and what is new.", shown=True),
    Action("today.more", "m", "five new", "Ask five new questions more than the day's limit allows."),
    Action("today.ahead", "a", "ahead", "Ask reviews before their day, those that are due soonest first."),
    Action("today.glossary", "g", "glossary", "Go to the glossary.", "app.go('glossary')", True),
    Action("today.demo", "d", "a demo", "Go to the demos.", "app.go('demos')", True),
    Action(
        "glossary.leave",
        "escape",
        "back",
        "Back to the terms, to what you came from, out of the search.",
        shown=True,
    ),
    Action(
        "glossary.suspend", "s", "suspend", "Ask the marked question no more, or ask it again.", shown=True
    ),
    Action(
        "glossary.know",
        "i",
        "I know this",
        "The marked question is known: it comes in some days.",
        shown=True,
    ),
    Action("glossary.reset", "r", "reset", "Let the marked question be new again.", shown=True),
    Action("glossary.flag", "f", "flag", "Mark the question for later, or take the mark away.", shown=True),
    Action("glossary.undo", "u", "undo", "Take back what you did last to a question here.", shown=True),
    Action(
        "glossary.return",
        "backspace,alt+left",
        "return",
        "Back to the card that a link led from.",
        shown=True,
    ),
    Action(
        "glossary.ask",
        "a",
        "ask me",
        "Ask what is due and new of this term; if nothing is, practise it.",
        shown=True,
    ),
    Action("glossary.demo", "d", "demo", "Open the demo of this term.", shown=True),
    Action(
        "glossary.edit",
        "e",
        "edit",
        "Open the card in your editor; a bundled one is copied first.",
        shown=True,
    ),
    Action(
        "glossary.search", "slash", "search", "Search titles, other names and what the cards say.", shown=True
    ),
    Action("found.open", "enter", "open", "Open the card that is marked.", shown=True),
    Action("found.next", "down", "next", "What was found next."),
    Action("found.previous", "up", "previous", "What was found before."),
    Action("address.leave", "escape", "stay", "Stay here; nothing is opened."),
    Action(
        "demos.page-down", "pagedown,space", "more", "Further down in what the marked demo says of itself."
    ),
    Action("demos.page-up", "pageup", "less", "Further up in it."),
    Action(
        "settings.reset", "r,delete", "default", "Bring the default of the marked setting back.", shown=True
    ),
    Action(
        "settings.next", "right,l", "change", "The next value of a setting that has but a few.", shown=True
    ),
    Action("settings.previous", "left,h", "previous", "The value before it."),
    Action("settings.back", "escape", "leave it", "Leave the field, and the setting as it was.", shown=True),
    Action("keys.reset", "r,delete", "default", "Give the marked action its default keys back.", shown=True),
    Action("keys.leave", "escape", "back", "Back to the settings.", shown=True),
    Action("help.leave", "escape,question_mark,f1,q", "back", "Back to where you were.", shown=True),
    Action("rating.take", "enter,space", "next", "Take what is marked and go on.", shown=True),
    Action("rating.less", "left,h", "less", "Mark the one before."),
    Action("rating.more", "right,l", "more", "Mark the one after."),
    Action("question.go", "enter,space", "the question", "Go on to the question.", "go", True),
    Action("question.answer", "enter", "answer", "Take what is marked for the answer.", "open", True),
    Action("question.pick", "space", "pick", "Pick what is marked, or take that back.", shown=True),
    Action("summary.done", "enter", "done", "Go back to where you came from.", "open", True),
    Action("field.answer", "enter", "answer", "Take what is written for the answer.", "submit", True),
    Action(
        "quiz.card", "c,f6", "card", "Show the card of the term, and come back to the question.", shown=True
    ),
    Action(
        "quiz.demo", "d,f7", "demo", "Play the demo of the term, and come back to the question.", shown=True
    ),
    Action("quiz.undo", "u,f8", "undo", "Take back the last answer and ask that question again.", shown=True),
    Action("quiz.redo", "U,f9", "redo", "Put back what was taken back last."),
    Action("quiz.edit", "e,ctrl+e", "edit", "Open the card in your editor, at this question.", shown=True),
    Action("quiz.skip", "n,ctrl+n", "skip", "Leave this question for another sitting."),
    Action("quiz.bury", "b,ctrl+b", "tomorrow", "Ask this question tomorrow at the earliest."),
    Action("quiz.suspend", "s,ctrl+s", "suspend", "Ask this question no more.", shown=True),
    Action("quiz.up", "up,k,pageup", "up", "Scroll up."),
    Action("quiz.down", "down,j,pagedown", "down", "Scroll down."),
    Action("quiz.leave", "escape", "leave", "Leave; this question comes first next time.", shown=True),
)

ACTIONS: Mapping[str, Action] = {action.id: action for action in _ALL}
"""All of them by id, in the order in which help and the line of keys name them."""


def bindings(*screens: str) -> list[BindingType]:
    """The bindings of a screen's class: `BINDINGS = bindings("today")`."""
    return [action.binding() for action in actions_of(*screens)]


def actions_of(*screens: str) -> list[Action]:
    return [action for action in _ALL if action.screen in screens]


def every_action() -> Mapping[str, Action]:
    """Those of the demo view too, which has a table of its own."""
    from mlterms.tui.demo_keys import ASKING_KEYS, KEYS

    demo = {
        key.id: Action(key.id, key.keys, key.word, f"{key.help[0].upper()}{key.help[1:]}.", key.action)
        for key in (*KEYS, *ASKING_KEYS)
    }
    return {**ACTIONS, **demo}


def keys_of(action: Action, own: Mapping[str, str]) -> list[str]:
    """The keys that an action has, by Textual's names, given those that the learner has set (id → keys)."""
    from textual.keys import _character_to_key  # Textual's own way from `?` to `question_mark`

    keys = (key.strip() for key in own.get(action.id, action.keys).split(","))
    return [_character_to_key(key) if len(key) == 1 else key for key in keys if key]


def in_words(keys: Iterable[str]) -> str:
    """Keys as people write them: `Enter`, `^p`, `?`."""
    return " ".join(map(_key_in_words, keys))


_WORDS = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
}


def _key_in_words(key: str) -> str:
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if name in _WORDS:
        word = _WORDS[name]
    elif len(name) > 1 and name[0] == "f" and name[1:].isdigit():
        word = name.upper()
    elif len(name) > 1:
        from textual.keys import format_key

        word = format_key(name)
    else:
        word = name
    return "".join("^" if modifier == "ctrl" else f"{modifier}+" for modifier in modifiers) + word
