"""What can be done on each screen, as one table: id, keys, label, sentence. Nothing is done here.

Screens bind it, the line of keys, the buttons, help and the palette show it, and `[keys]` in config.toml
changes its keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from mlterms.tui.tabs import TABS

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType

ALWAYS = 0  # the rank of what the line of keys never leaves out


class Action(NamedTuple):
    """Something that can be done.

    id: `screen.name`, as in `[keys]` of config.toml. keys: Textual's names, with commas between. label: a
    word or two. sentence: what it does. call: the Textual action that is run, by default `name` of the
    screen. rank: the line of keys leaves out the highest first, and never shows those that have none. pair:
    an action whose key is shown beside the key of this one. priority: its keys come before those of what has
    the focus.
    """

    id: str
    keys: str
    label: str
    sentence: str
    call: str = ""
    rank: int | None = None
    pair: str = ""
    priority: bool = False

    @property
    def screen(self) -> str:
        return self.id.partition(".")[0]

    @property
    def action(self) -> str:
        """The Textual action that is run."""
        return self.call or self.id.partition(".")[2].replace("-", "_")

    @property
    def leads_to_tab(self) -> bool:
        """Whether it only goes to a tab, as the tab's own key does."""
        return self.call.startswith("app.go(")

    def binding(self) -> Binding:
        from textual.binding import Binding

        shown = self.rank is not None
        return Binding(
            self.keys,
            self.action,
            self.label,
            show=shown,
            id=self.id,
            tooltip=self.sentence,
            priority=self.priority,
        )


# Screen → two sentences about it, for help.
SCREENS = {
    "app": "",
    "tabs": "",
    "list": "",
    "welcome": "The first screen. It says what mlterms is, and Enter asks the first question.",
    "today": "What there is to do today, about how long it takes, and what the next days bring. "
    "Enter starts the questions. Each answer is on disk before the next question appears. "
    "To put right: a wrong answer showed a mistaken belief, and a question about it comes ahead of its turn. "
    "Slipping: a leech, which is a question that you forget again and again.",
    "glossary": "All terms by topic, in the order in which they build on each other. "
    "Type to search. The card says what a term means, what it needs and what it leads to. "
    "Mastery is the expected share of a term's questions that you would answer correctly now; those "
    "not yet learned count as 0. A dot before it says that a question is due.",
    "found": "",
    "card": "What a term means, its questions, how well you know them, what it needs and what it leads to.",
    "address": "The address of a page on the web. Nothing is opened unless you say so.",
    "quiz": "One question after another, each when you are about to forget its answer. "
    "Leave whenever you like: nothing is lost, and an open question comes first next time. "
    "The numbers beside options, lines and ratings are keys too, and 0 says that you do not know. "
    "Rate a right answer by how well you knew it: Again if you only guessed, Hard if it took long, "
    "Good if you knew it, Easy if at once. The time beside each rating is when the question comes back.",
    "demo": "A small training run, drawn as it goes. Guess first what will happen, then turn a knob and see.",
    "demos": "The live demos, each a small training run with knobs to turn. Enter plays the marked one.",
    "progress": "What you recalled, what you asked for and what is expected, each with one thing to do. "
    "Recalled is measured, asked for is your setting, and expected is what the scheduler predicts.",
    "guide": "A longer text that connects several terms. Tab marks its next link, and Enter goes there. "
    "Guides are found by search, and each names the others at its end.",
    "history": "How well one question was known: each answer, and how the memory faded in between. "
    "Stability is the number of days until expected recall falls to 90%; difficulty goes from 1 to 10.",
    "training": "FSRS, which decides when a question comes back, trained on your own answers. "
    "The training loss should fall; what counts is the loss on answers that came later.",
    "settings": "Everything that can be set, with a sentence that says what it does. "
    "What you type is checked as you type, and saved when you press Enter.",
    "value": "",
    "keys": "Every action and its keys. Press Enter on an action, then its new key.",
    "plan": "Whether you can answer every question at least once by a certain day. Change the day and the "
    "minutes a day that you have, and see how many new questions a day it takes.",
    "marked": "The questions that you flagged, suspended or buried, and the leeches: those that you forget "
    "again and again. What you change here can be undone.",
    "help": "What can be done on the screen below. Esc goes back to it.",
}

_TAB_ACTIONS = tuple(
    Action(f"tabs.{name}", f"{place},f{place + 1}", tab.title, f"Go to {tab.title}.", f"app.go('{name}')")
    for place, (name, tab) in enumerate(TABS.items(), 1)
)

_KNOW = "Mark as known. It comes back later, as if you had rated it Easy."

_ALL = (
    # Everywhere.
    Action("app.help", "question_mark,f1", "help", "Help for this screen.", "app.show_help", ALWAYS),
    Action(
        "app.palette", "ctrl+p", "commands", "Find a term, a demo or a command.", "app.command_palette", 9
    ),
    Action("app.quit", "q", "quit", "Leave mlterms. Nothing is lost.", "app.leave", 8),
    Action(
        *("app.suspend", "ctrl+z", "background", "Put mlterms in the background. `fg` brings it back."),
        *("app.suspend_process", None, "", True),
    ),
    Action(
        *(
            "app.redraw",
            "ctrl+l",
            "draw again",
            "Draw the whole screen again, if another program wrote on it.",
        ),
        *("app.redraw", None, "", True),
    ),
    Action(
        *("app.marked", "M", "marked questions"),
        "List flagged, suspended and buried questions, and leeches, which you keep forgetting.",
    ),
    # On the tabs.
    *_TAB_ACTIONS,
    Action("tabs.search", "slash", "search", "Search the glossary.", "app.search", 5),
    # In lists of rows, wherever they are.
    Action("list.up", "up,k", "up", "Up one row."),
    Action("list.down", "down,j", "down", "Down one row."),
    Action("list.first", "home", "first", "First row."),
    Action("list.top", "g", "top", "First row, like gg in vim."),
    Action("list.last", "end,G", "last", "Last row."),
    Action("list.page-up", "pageup", "page up", "Up one page.", "page(-1)"),
    Action("list.page-down", "pagedown,space", "page down", "Down one page.", "page(1)"),
    Action("list.half-up", "ctrl+u", "half up", "Up half a page.", "page(-0.5)"),
    Action("list.half-down", "ctrl+d", "half down", "Down half a page.", "page(0.5)"),
    Action("list.left", "left,h", "left", "Move left."),
    Action("list.right", "right,l", "right", "Move right."),
    Action("list.open", "enter", "open", "Open the marked row.", rank=ALWAYS),
    # Screen by screen.
    Action("welcome.start", "enter", "first question", "Ask the first question.", rank=ALWAYS),
    Action("welcome.look", "g", "look around first", "Go to the glossary and read.", rank=5),
    Action("welcome.demo", "d", "watch a demo", "Watch the demo of the first term that has one.", rank=10),
    Action("today.start", "enter", "start", "Ask what is due and what is new.", rank=ALWAYS),
    Action("today.more", "m", "five new", "Five more new questions today."),
    Action("today.ahead", "a", "ahead", "Review early, starting with what is due soonest."),
    Action(
        *("today.contrast", "x", "contrast"),
        "Ask terms that are easily confused with each other. Only what is due moves its schedule.",
    ),
    Action("today.plan", "p", "plan", "Plan: can you answer every question by a certain day?", rank=5),
    Action("today.glossary", "g", "glossary", "Go to the glossary.", "app.go('glossary')", 5),
    Action("today.demo", "d", "demos", "Go to the demos.", "app.go('demos')", 5),
    Action("glossary.leave", "escape", "back", "Back.", rank=ALWAYS),
    Action("glossary.suspend", "s", "suspend", "Suspend the question, or ask it again.", rank=5),
    Action("glossary.know", "i", "I know this", _KNOW, rank=5),
    Action("glossary.reset", "r", "reset", "Reset: treat the question as new.", rank=5),
    Action("glossary.flag", "f", "flag", "Flag the question, or remove its flag.", rank=5),
    Action("glossary.undo", "u", "undo", "Undo what you last did to a question here.", rank=ALWAYS),
    Action("glossary.return", "backspace,alt+left", "return", "Return to the card you came from.", rank=5),
    Action("glossary.history", "c", "history", "Forgetting curve and history of the question.", rank=6),
    Action("glossary.ask", "a", "ask me", "Ask what is due and new of this term, or practise it.", rank=5),
    Action("glossary.demo", "d", "demo", "Play the demo of this term.", rank=5),
    Action("glossary.edit", "e", "edit", "Edit the card. A bundled one is copied first.", rank=5),
    Action("glossary.search", "slash", "search", "Search titles, other names and the cards' text.", rank=5),
    Action("glossary.next-hit", "n", "next result", "Next result of the search.", "next_hit", 6),
    Action("glossary.previous-hit", "N", "previous result", "Previous result of the search.", "previous_hit"),
    Action("card.next-link", "tab", "next link", "Next link on the card."),
    Action("card.previous-link", "shift+tab", "previous link", "Previous link on the card."),
    Action("found.open", "enter", "open", "Open the marked card.", rank=ALWAYS),
    Action("found.next", "down", "next", "Next result."),
    Action("found.previous", "up", "previous", "Previous result."),
    Action("plan.earlier", "h,left", "a day earlier", "A day earlier.", "move_day(-1)"),
    Action("plan.later", "l,right", "a day", "A day later.", "move_day(1)", 3, "plan.earlier"),
    Action("plan.week-earlier", "H,shift+left", "a week earlier", "A week earlier.", "move_day(-7)"),
    Action(
        "plan.week-later", "L,shift+right", "a week", "A week later.", "move_day(7)", 4, "plan.week-earlier"
    ),
    Action("plan.less", "minus", "fewer minutes", "Five fewer minutes a day.", "change_minutes(-5)"),
    Action(
        "plan.more",
        "plus,equals_sign",
        "minutes",
        "Five more minutes a day.",
        "change_minutes(5)",
        2,
        "plan.less",
    ),
    Action("plan.apply", "enter", "set the limit", "Set the limit of new questions a day.", rank=ALWAYS),
    Action("plan.undo", "u", "undo", "Undo the limit that was set here.", rank=ALWAYS),
    Action("plan.leave", "escape", "back", "Back to Today.", rank=ALWAYS),
    Action("marked.next", "right,l,tab", "filter", "Next filter.", "filter_next(1)", 5),
    Action("marked.previous", "left,h,shift+tab", "previous filter", "Previous filter.", "filter_next(-1)"),
    Action("marked.suspend", "s", "suspend", "Suspend the question, or ask it again.", rank=5),
    Action(
        "marked.bury", "b", "tomorrow", "Put the question off until tomorrow, or ask it again today.", rank=6
    ),
    Action("marked.flag", "f", "flag", "Flag the question, or remove its flag.", rank=5),
    Action("marked.reset", "r", "reset", "Reset: treat the question as new.", rank=6),
    Action("marked.demo", "d", "demo", "Play the demo of this question's term.", rank=6),
    Action("marked.edit", "e", "edit", "Edit the card, at this question.", rank=6),
    Action("marked.undo", "u", "undo", "Undo what you last did to a question here.", rank=ALWAYS),
    Action("marked.leave", "escape", "back", "Back to where you were.", rank=ALWAYS),
    Action("trust.leave", "escape", "not now", "Leave it as it is. Nothing is run.", rank=ALWAYS),
    Action("address.leave", "escape", "stay", "Stay here. Nothing is opened."),
    Action("demos.search", "slash", "search", "Search the demos by their names, texts and terms.", rank=5),
    Action("demos.leave", "escape", "all demos", "Leave the search and list all demos.", rank=5),
    Action("demos.page-down", "pagedown,space", "more", "Scroll down in the description."),
    Action("demos.page-up", "pageup", "less", "Scroll up in the description."),
    Action("progress.start", "s", "start", "Ask what is due and what is new.", rank=5),
    Action("progress.months", "m", "by month", "What you recalled by month, young and mature.", rank=5),
    Action("progress.formulas", "f", "formulas", "Show how each figure is computed, or hide it.", rank=5),
    Action("progress.history", "c", "history", "Forgetting curve of a weak question.", rank=6),
    Action("progress.training", "t", "training", "Fit FSRS to your answers, and watch its loss.", rank=6),
    Action("training.fit", "f", "fit", "Fit FSRS to all answers, and check it on later ones.", rank=5),
    Action("training.overfit", "o", "overfit", "Show overfitting: train on the first answers only.", rank=5),
    Action("training.fewer", "minus,left,h", "fewer", "Train on fewer answers.", "answers(-1)"),
    Action(
        *("training.more", "plus,equals_sign,right,l", "answers", "Train on more answers."),
        *("answers(1)", 6, "training.fewer"),
    ),
    Action("training.simulated", "s", "simulated", "Use a simulated learner's answers, or yours.", rank=6),
    Action("training.apply", "a", "use them", "Use the fitted parameters from now on.", rank=ALWAYS),
    Action("training.undo", "u", "undo", "Go back to the parameters from before.", rank=5),
    Action("training.leave", "escape", "back", "Back to where you were.", rank=ALWAYS),
    Action("guide.leave", "escape", "back", "Back.", rank=ALWAYS),
    Action("history.leave", "escape", "back", "Back.", rank=ALWAYS),
    Action("settings.reset", "r,delete", "default", "Reset this setting to its default.", rank=5),
    Action("settings.next", "right,l", "next value", "Next value.", rank=5),
    Action("settings.previous", "left,h", "previous value", "Previous value."),
    Action("value.save", "enter", "save", "Save the setting as you have written it.", "submit", ALWAYS),
    Action("settings.back", "escape", "cancel", "Leave the setting as it was.", rank=ALWAYS),
    Action("keys.reset", "r,delete", "default", "Reset this action to its default keys.", rank=5),
    Action("keys.leave", "escape", "back", "Back to the settings.", rank=ALWAYS),
    Action("help.leave", "escape,question_mark,f1,q", "back", "Back to where you were.", rank=ALWAYS),
    Action("ideas.tick", "space", "tick", "Tick the marked idea, or untick it.", "pick", ALWAYS),
    Action("ideas.take", "enter", "next", "Take the marked rating and go on.", "rate", ALWAYS),
    Action("ideas.less", "left,h", "less", "Mark the rating before.", "less"),
    Action("ideas.more", "right,l", "more", "Mark the rating after.", "more"),
    Action("rating.take", "enter,space", "next", "Take what is marked and go on.", rank=ALWAYS),
    Action("rating.less", "left,h", "less", "Mark the one before."),
    Action("rating.more", "right,l", "more", "Mark the one after."),
    Action("question.go", "enter,space", "the question", "Go on to the question.", "go", ALWAYS),
    Action("question.answer", "enter", "answer", "Answer with what is marked.", "open", ALWAYS),
    Action("question.pick", "space", "pick", "Pick what is marked, or unpick it.", rank=5),
    Action("question.more", "m", "more", "Show formula and worked example here, or hide them.", rank=5),
    Action("question.unpick", "backspace", "take back", "Take back the step that you picked last.", rank=9),
    Action("question.earlier", "shift+up,K", "earlier", "Move the marked step up.", "move_step(-1)"),
    Action("question.later", "shift+down,J", "later", "Move the marked step down.", "move_step(1)"),
    Action("summary.done", "enter", "done", "Go back to where you came from.", "open", ALWAYS),
    Action("field.answer", "enter", "answer", "Answer with what you have written.", "submit", ALWAYS),
    Action(
        "field.next",
        "tab",
        "next field",
        "To the next field; from the last, to where keys without ^ work. Tab comes back.",
        "app.focus_next",
    ),
    Action("gaps.next", "down", "next gap", "To the next gap.", "move(1)", 5),
    Action("gaps.previous", "up", "gap before", "To the gap before.", "move(-1)", 5),
    Action("quiz.card", "c,f6", "card", "Show the term's card, then come back to the question.", rank=5),
    Action("quiz.demo", "d,f7", "demo", "Play the term's demo, then come back to the question.", rank=5),
    Action(
        "quiz.right",
        "r",
        "count as right",
        "Count your answer as right, since it was only mistyped.",
        rank=ALWAYS,
    ),
    Action(
        *("quiz.undo", "u,f8", "undo"),
        "Undo the last thing you did (an answer, a mark or a skip) and go back to that question.",
        rank=ALWAYS,
    ),
    Action("quiz.redo", "U,f9", "redo", "Redo what was undone last."),
    Action("quiz.edit", "e,f4", "edit", "Edit the card, at this question.", rank=6),
    Action("quiz.skip", "n,ctrl+n", "skip", "Skip this question until your next session."),
    Action("quiz.bury", "b,ctrl+b", "tomorrow", "Ask this question tomorrow at the earliest."),
    Action(
        *("quiz.suspend", "s,ctrl+s", "suspend"),
        "Suspend: stop asking this question until you bring it back.",
        rank=5,
    ),
    Action(
        *("quiz.contrast", "x", "contrast"),
        "Ask terms that are easily confused with each other. Only what is due moves its schedule.",
        rank=5,
    ),
    Action(
        "quiz.again",
        "o",
        "wrong ones",
        "Practise what you got wrong; the schedule stays as it is.",
        rank=5,
    ),
    Action("quiz.flag", "f,ctrl+g", "flag", "Flag this question, or remove its flag."),
    Action("quiz.know", "i,ctrl+t", "I know this", _KNOW),
    Action("quiz.reset", "R,ctrl+r", "reset", "Reset: treat the question as new."),
    Action("quiz.sure", "y,ctrl+o", "how sure", "Say how sure you are before each verdict, or stop that."),
    Action("quiz.up", "up,k,pageup", "up", "Scroll up.", "turn(-1)"),
    Action("quiz.down", "down,j,pagedown", "down", "Scroll down.", "turn(1)"),
    Action("quiz.first", "home,g", "start", "Scroll to the start.", "go_to_edge(-1)"),
    Action("quiz.last", "end,G", "end", "Scroll to the end.", "go_to_edge(1)"),
    Action("quiz.leave", "escape", "leave", "Leave. This question comes first next time.", rank=ALWAYS),
    Action("demo.play", "space", "play", "Play and pause.", rank=ALWAYS),
    Action("demo.step_back", "comma", "back", "One update back.", "step(-1)"),
    Action("demo.step", "full_stop", "step", "One update on.", "step(1)", 1, "demo.step_back"),
    Action("demo.ten_back", "less_than_sign,shift+left", "ten back", "Ten updates back.", "step(-10)"),
    Action("demo.ten_on", "greater_than_sign,shift+right", "ten on", "Ten updates on.", "step(10)"),
    Action("demo.epoch", "e", "epoch", "On to the end of this epoch.", rank=3),
    Action("demo.slower", "minus", "slower", "Slower.", "faster(-1)"),
    Action(
        "demo.faster", "plus,equals_sign", "faster", "Faster, up to 1,000 updates a picture.", "faster(1)", 11
    ),
    Action("demo.start", "home", "start", "To the beginning of the run.", "seek(0)"),
    Action("demo.end", "end", "end", "To the latest update reached.", "seek(-1)"),
    Action("demo.reset", "r", "reset", "Restart the run from the same seed.", rank=5),
    Action("demo.seed", "n", "next seed", "Restart the run from the next seed.", "new_seed"),
    Action("demo.seed_back", "N", "seed before", "Restart the run from the seed before.", "new_seed(-1)"),
    Action("demo.next_knob", "down,j,tab", "next knob", "Choose the next knob.", "choose_next(1)"),
    Action(
        "demo.previous_knob",
        "up,k,shift+tab",
        "previous knob",
        "Choose the previous knob.",
        "choose_next(-1)",
    ),
    Action(
        "demo.more",
        "right,l",
        "more",
        "Turn the knob up. You can also type a number, such as 5 or -5.",
        "turn(1)",
    ),
    Action("demo.less", "left,h", "less", "Turn the knob down.", "turn(-1)"),
    Action("demo.ask", "a", "ask me", "Ask the next question about this demo.", rank=9),
    Action("demo.formula", "f", "formula", "The formula, with the numbers of this moment under it.", rank=12),
    Action("demo.beside", "b", "compare", "Two settings side by side. A stays, and you turn B.", rank=10),
    Action(
        "demo.ghost",
        "c",
        "previous run",
        "Show the previous run faintly behind this one, or hide it.",
        rank=7,
    ),
    Action("demo.sweep", "w", "sweep", "Sweep the chosen knob, then up to 20 seeds.", rank=6),
    Action("demo.code", "v", "code", "The code of one step, with its values.", rank=8),
    Action("demo.page_down", "pagedown", "page down", "Scroll down in the code.", "page(1)"),
    Action("demo.page_up", "pageup", "page up", "Scroll up in the code.", "page(-1)"),
    Action("demo.copy", "y", "copy", "Copy the command that shows exactly this.", rank=12),
    Action("demo.help", "question_mark,f1", "help", "What to look for, and all keys.", "app.show_help", 2),
    Action("demo.leave", "q", "leave", "Leave the demo.", rank=4),
    Action("demo.back", "escape", "back", "Close the sweep. Without one, leave the demo.", rank=ALWAYS),
    Action("predict.next", "down,j,tab", "next option", "The next option.", "pick_next(1)"),
    Action("predict.previous", "up,k,shift+tab", "previous option", "The previous option.", "pick_next(-1)"),
    Action("predict.commit", "enter", "run it and see", "Run it and see."),
    Action("predict.skip", "s", "skip the question", "Skip the question and just play."),
    Action("predict.play", "p", "play with it", "Play with the demo once it is decided.", "go_on"),
)

ACTIONS: Mapping[str, Action] = {action.id: action for action in _ALL}
"""All of them by id, in the order in which help and the line of keys name them."""


def bindings(*screens: str) -> list[BindingType]:
    """The bindings of a screen's class: `BINDINGS = bindings("today")`."""
    return [action.binding() for action in actions_of(*screens)]


def actions_of(*screens: str) -> list[Action]:
    """What can be done on these screens, in the order of the table."""
    return [action for action in _ALL if action.screen in screens]
