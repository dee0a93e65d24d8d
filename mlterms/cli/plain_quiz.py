"""The quiz as a conversation in plain lines: asks the questions of a `Sitting`, gives feedback and asks
for the rating."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping
from functools import partial

from mlterms.base.errors import MltermsError, Overtaken
from mlterms.base.text import one_line
from mlterms.cli.conversation import Conversation, ConversationEnded
from mlterms.cli.plain_ask import ASK, ask_option, ask_recall
from mlterms.cli.plain_quiz_help import HELP, WHAT_TO_WRITE
from mlterms.glossary.types import Cloze, Predict, Recall, Spot
from mlterms.memory.state import CONFIDENCE, Rating
from mlterms.quiz import marks
from mlterms.quiz.apply_mark import apply_mark, why_unchanged
from mlterms.quiz.grade import Verdict
from mlterms.quiz.instance import Instance
from mlterms.quiz.leech_advice import advise_after_answer, in_words
from mlterms.quiz.question_heading import kind_and_turn, name_in_message, reason_to_ask, title_of_open
from mlterms.quiz.rating_hint import explain_ratings
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.undo import can_undo, label_of_redo, label_of_undo, redo, undo
from mlterms.quiz.words import (
    GUESS_FIRST_HINT,
    HOW_SURE,
    RETIRED,
    UNSCHEDULED,
    asking_in_words,
    not_right_in_words,
    only_rating_in_words,
    sentence,
    tally_in_words,
)

_CONFIDENCE = {**{str(level): level for level in CONFIDENCE}, "": None}
_HOW_SURE = ", ".join(f"{level} {words}" for level, words in HOW_SURE.items())


class _Moved(Exception):  # noqa: N818 - a change of question, and no error
    """The open question is no longer the one that was asked."""


class _Overruled(Exception):  # noqa: N818 - as above
    """The learner said that the answer was right after all."""


class _AskedNoMore(Exception):  # noqa: N818 - as above
    """The learner does not want to be asked how sure they are."""


class PlainQuiz:
    """One sitting in plain lines. introduce: says what a term is before its first question. show_card,
    show_demo: what `/card` and `/demo` do. All three take the id of a term.

    predict: runs what was predicted (the position picked, None for "I do not know") and decides; raises
    ValueError, with the reason, if it cannot be run. confidence: ask how sure the learner is before the
    answer is shown. save_confidence: saves that setting."""

    def __init__(
        self,
        sitting: Sitting,
        lines: Conversation,
        *,
        introduce: Callable[[str], None],
        show_card: Callable[[str], None],
        show_demo: Callable[[str], None],
        predict: Callable[[Conversation, Instance, int | None], Verdict],
        confidence: bool = False,
        save_confidence: Callable[[bool], None] = lambda on: None,
    ) -> None:
        self.sitting, self.lines = sitting, lines
        self.introduce, self.show_card, self.show_demo = introduce, show_card, show_demo
        self.predict = predict
        self.confidence, self.save_confidence = confidence, save_confidence
        self._is_asking_how_sure = False
        lines.commands = self._command

    def run(self) -> None:
        """Ask until nothing is left or the person leaves, then print a summary."""
        try:
            if self._next():
                self.lines.say(WHAT_TO_WRITE)
                self.lines.say()
            while True:
                while asked := self._next():
                    try:
                        self._turn(asked)
                    except _Moved:
                        self.lines.say()
                    except Overtaken as error:
                        self.lines.say(f"{error} It is left as it is.")
                        self.sitting.skip()
                if not self._undone_at_end():
                    break
        except ConversationEnded:
            self.sitting.leave()
        except KeyboardInterrupt:
            self.sitting.leave()
            self._summary()
            raise
        self._summary()

    def _undone_at_end(self) -> bool:
        """Nothing is left to ask, but the last thing can still be undone: whether it was."""
        is_of_today = self.sitting.plan.mode == "scheduled" and not self.sitting.plan.terms
        nothing = "Nothing is left to ask." if is_of_today else "Nothing is left to ask in this session."
        self.lines.say("That was the last question." if self.sitting.answers else nothing)
        if not can_undo(self.sitting):
            return False
        try:
            self.lines.read("/undo undoes the last thing, Enter ends> ")
        except _Moved:
            self.lines.say()
            return True
        return False

    def _next(self) -> Instance | None:
        asked = self.sitting.ask()
        for trouble in self.sitting.passed_over():
            self.lines.raw(trouble)
        return asked

    # -- one question --------------------------------------------------------------------------------------

    def _turn(self, asked: Instance) -> None:
        title = title_of_open(self.sitting)
        self.lines.wrapped(f"── {' · '.join(filter(None, [title, *kind_and_turn(self.sitting)]))}")
        self.lines.say()
        is_guess = self.sitting.is_guess
        if is_guess:
            self.lines.say(f"New: {title}. {GUESS_FIRST_HINT}" if title else GUESS_FIRST_HINT)
            self.lines.say()
        elif self.sitting.is_first_of_term():
            self._introduce(asked.term)
        if reason := reason_to_ask(self.sitting):
            self.lines.say(reason)
            self.lines.say()
        self.lines.say(asked.prompt)
        self.lines.say()
        try:
            verdict, sure = self._answer(asked)
        except ValueError as error:
            self.lines.say(f"This question cannot be asked now: {error}")
            self.sitting.skip(cannot_be_asked=True)
            raise _Moved from None
        self.sitting.give(verdict, sure)
        self._feedback(asked, verdict)
        if apart := self.sitting.tell_apart():
            self.lines.say("What tells them apart:")
            for text in apart:
                self.lines.say(text, indent="  ")
            self.lines.say()
        if isinstance(asked.question, Spot):
            self._run_spot(asked, asked.question)
        if is_guess:
            self._introduce(asked.term)
        self._advise(asked)
        self._rate()
        self.lines.say()

    def _introduce(self, term: str) -> None:
        self.sitting.note_introduced()
        self.introduce(term)

    def _answer(self, asked: Instance) -> tuple[Verdict, int | None]:
        if isinstance(asked.question, Recall):
            return ask_recall(self.lines, asked, self.sitting.give, self._sure)
        if isinstance(asked.question, Predict):  # the commitment comes before the run
            picked = ask_option(self.lines, asked)
            sure = self._sure() if picked is not None else None
            return self.predict(self.lines, asked, picked), sure
        verdict = ASK[asked.question.kind](self.lines, asked)
        return verdict, None if verdict.is_unknown else self._sure()

    def _sure(self) -> int | None:
        if not self.confidence or self.sitting.is_guess:
            return None
        self._is_asking_how_sure = True
        try:
            return self.lines.ask(_sureness, f"How sure are you? {_HOW_SURE}, or nothing> ")
        except _AskedNoMore:
            return None
        finally:
            self._is_asking_how_sure = False

    def _feedback(self, asked: Instance, verdict: Verdict) -> None:
        self.lines.say()
        if verdict.correct is None:
            pass  # the answer has been shown, and the learner is the judge
        elif verdict.correct:
            self.lines.say(f"Right: {verdict.answer}" if "\n" not in verdict.answer else "Right.")
        elif "\n" in verdict.answer or isinstance(asked.question, Spot):
            self.lines.say(f"{not_right_in_words(verdict)} The answer:")
            self.lines.say(verdict.answer, indent="  ")
        else:
            what = "The full text" if isinstance(asked.question, Cloze) else "The answer"
            self.lines.say(f"{not_right_in_words(verdict)} {what}: {verdict.answer}")
        for text in verdict.says:
            self.lines.say(sentence(text), indent="  ")
        self.lines.say()

    def _advise(self, asked: Instance) -> None:
        """Say what may help, if the question was forgotten again and again."""
        advice = advise_after_answer(self.sitting)
        if advice is not None:
            edit = f"`mlterms edit {asked.term}`"
            ways = {"card": "`/card`", "demo": "`/demo`", "edit": edit, "suspend": "`/suspend`"}
            self.lines.say(in_words(advice, ways))
            self.lines.say()

    def _run_spot(self, asked: Instance, question: Spot) -> None:
        """Print what the code prints as it was and put right."""
        from mlterms.check.spot_run import run_spot

        try:
            ran = run_spot(self.sitting.index.term(asked.term).path, question)
        except MltermsError as error:
            self.lines.say(f"The code was not run: {error}")
            return
        for heading, lines in ran.in_sections() if ran is not None else ():
            self.lines.say(heading)
            self.lines.raw("\n".join(f"  {line}" for line in lines))
        self.lines.say()

    def _rate(self) -> None:
        """Ask for a rating until the answer is recorded. "/right" overrules the verdict, and asks again."""
        refused: Mapping[Rating, str] = {}  # what could not be recorded
        while (verdict := self.sitting.verdict) is not None:
            buttons = self.sitting.buttons()
            is_practice = verdict.correct is not None and {*buttons.values()} == {UNSCHEDULED}
            shown = {verdict.suggested: UNSCHEDULED} if is_practice else buttons  # which would change nothing
            if hint := explain_ratings(self.sitting, enter_takes=verdict.suggested.name.title()):
                self.lines.say(hint)
            if len(shown) > 1 or shown != refused:
                self.lines.wrapped(_format_ratings(shown, verdict.suggested))
            if self.sitting.may_be_right_after_all:
                self.lines.say("Only mistyped? `/right` counts it as right.")
            read_rating = partial(_rating, suggested=verdict.suggested, offered=shown)
            try:
                goes_on = "Enter tries again> " if shown == refused else "Enter goes on> "
                self.sitting.rate(self.lines.ask(read_rating, "rating> " if len(shown) > 1 else goes_on))
                if (retired := self.sitting.retired) is not None:
                    self.lines.say(f"{retired.title}: {RETIRED}")
            except _Overruled:
                self.lines.say("It counts as right.")
            except Overtaken:
                raise
            except MltermsError as error:  # it was not recorded, and can be rated again
                refused = shown
                self.lines.say(str(error))

    # -- commands ------------------------------------------------------------------------------------------

    def _command(self, name: str) -> None:
        """Carry out a slash command. Returns if the same question is still open, and raises if it is not."""
        asked = self.sitting.asked
        found = [known for known in _COMMANDS if name and known.startswith(name)]
        match command := found[0] if found else "":
            case "quit":
                raise ConversationEnded
            case "undo":
                mark, undone = label_of_undo(self.sitting), undo(self.sitting)
                again = " Here it is again." if self.sitting.verdict is None else ""
                self._say_what_changed(undone, "There is nothing to undo.", f"Undone{mark}: {{}}.{again}")
            case "redo":
                mark, redone = label_of_redo(self.sitting), redo(self.sitting)
                self._say_what_changed(redone, "There is nothing to redo.", f"Redone{mark}: {{}}.")
            case "right" if self.sitting.may_be_right_after_all:
                self.sitting.right_after_all()
                raise _Overruled
            case "right":
                self.lines.say("That overrules the verdict on a typed answer, before it is rated.")
            case "skip" | "bury" | "suspend" | "flag" | "known" | "reset" | "card" | "demo" if asked is None:
                self.lines.say("No question is open.")
            case "skip" | "bury" | "suspend" | "flag" | "known" | "reset":
                self._mark(command)
            case "sure":
                self.confidence = not self.confidence
                self.save_confidence(self.confidence)
                self.lines.say(
                    f"{asking_in_words(self.confidence, self.sitting.is_guess)} `/sure` changes it back."
                )
                if self._is_asking_how_sure and not self.confidence:
                    raise _AskedNoMore
            case "card" if asked is not None:
                marks.look_up(self.sitting)
                self.show_card(asked.term)
            case "demo" if asked is not None:
                marks.look_up(self.sitting)
                self.show_demo(asked.term)
            case "" if name:
                self.lines.say(f"There is no command `/{one_line(name)[:40]}`. These are the commands.")
                self.lines.say()
                self.lines.say(HELP)
            case _:
                self.lines.say(HELP)

    def _mark(self, command: str) -> None:
        """Do with the open question what does not answer it. Raises `_Moved` if it is asked no more."""
        if why := why_unchanged(self.sitting, command):
            self.lines.say(why)
            return
        if done := apply_mark(self.sitting, command):
            self.lines.say(f"{done}. `/undo` undoes that.")
        if command != "flag":
            raise _Moved

    def _say_what_changed(self, question: str | None, nothing: str, done: str) -> None:
        self.lines.say(done.format(name_in_message(self.sitting, question)) if question else nothing)
        if question and self.sitting.verdict is None:  # else only a flag was changed
            raise _Moved

    # -- the end -------------------------------------------------------------------------------------------

    def _summary(self) -> None:
        if words := tally_in_words(self.sitting.tally):
            self.lines.say(words)


def _format_ratings(buttons: Mapping[Rating, str], suggested: Rating) -> str:
    """The ratings, each with the interval that it gives, and what Enter takes."""
    if len(buttons) == 1:
        return only_rating_in_words(buttons[suggested])
    names = (
        f"{rating.value} {rating.name.title()}{'' if text == UNSCHEDULED else f' {text}'}"
        for rating, text in buttons.items()
    )
    return f"{', '.join(names)} (Enter: {suggested.name.title()})"


_COMMANDS = (
    *("help", "undo", "redo", "right", "skip", "bury", "suspend", "flag", "known", "reset", "card", "demo"),
    *("sure", "quit"),
)


def _rating(line: str, suggested: Rating, offered: Collection[Rating]) -> Rating:
    line = unicodedata.normalize("NFKC", line)  # an input method may write full-width digits
    if not line:
        return suggested
    for rating in Rating:
        if line == str(rating.value) or (line.isalpha() and rating.name.lower().startswith(line.lower())):
            if rating not in offered and suggested is Rating.AGAIN:
                raise ValueError(
                    "That answer was wrong, so it can only be rated 1, Again. Write 1 or nothing."
                )
            if rating in offered:
                return rating
    if len(offered) == 1:
        raise ValueError(
            "There is nothing to choose here: press Enter to go on. `/undo` and the rest of `/help` work too."
        )
    raise ValueError(
        "Write 1, 2, 3 or 4, or nothing for the suggested one; /undo, /help and the rest work here too."
    )


def _sureness(line: str) -> int | None:
    line = unicodedata.normalize("NFKC", line)
    if line not in _CONFIDENCE:
        raise ValueError("Write 1, 2 or 3, or nothing.")
    return _CONFIDENCE[line]
