"""The quiz as JSON, one object a line, for another front end to drive: docs/quiz-protocol.md.

It decides nothing of its own: the `Sitting` asks, records and undoes, and `grade` judges.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import mlterms
from mlterms.base.errors import MltermsError, Overtaken
from mlterms.base.ids import QuestionId, deck_of
from mlterms.base.outputs import only_own_outputs
from mlterms.base.text import clean
from mlterms.cli.json_input import (
    AnswerLine,
    IdeasLine,
    InputLine,
    RateLine,
    UnknownLine,
    read_input_line,
)
from mlterms.cli.json_output import (
    ANSWERED_WITH,
    end_line,
    feedback_line,
    question_line,
    recorded_line,
    runs_of,
)
from mlterms.cli.run_plain_quiz import back_up
from mlterms.cli.say import say_json
from mlterms.cli.today import minutes_needed, warn_of_set_aside
from mlterms.glossary.encode import to_dict
from mlterms.glossary.types import Choice, Cloze, Predict, Recall, Spot
from mlterms.memory.state import Rating
from mlterms.quiz import grade, marks
from mlterms.quiz.apply_mark import why_unchanged
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.instance import Instance
from mlterms.quiz.predict import flat_measures, open_demo, run_all
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.undo import can_undo, redo, undo
from mlterms.store.workspace import Workspace

PROTOCOL = 1
"""Goes up when a front end that was written for the number before would misunderstand a line."""

LONGEST_LINE = 100_000  # bytes

Write = Callable[[dict[str, Any]], None]


class _CannotBeAskedError(Exception):
    """The runs of the open prediction cannot decide it."""


class _Done(Exception):  # noqa: N818 - leaving is not an error
    """The front end leaves."""


def run_json(workspace: Workspace, plan: Plan) -> None:
    """Run one session in JSON lines on standard input and output, from `hello` to `end`."""
    now = workspace.clock.now()
    sitting = Sitting(
        *(workspace.learner, workspace.index, workspace.queue, workspace.clock, plan),
        guess_first=workspace.config.guess_first,
    )
    counts = workspace.queue.counts(now)
    _write(
        {
            "type": "hello",
            "protocol": PROTOCOL,
            "version": mlterms.__version__,
            "mode": plan.mode,
            "confidence": workspace.config.confidence,
            **counts._asdict(),
            "minutes": minutes_needed(workspace, counts),
        }
    )
    warn_of_set_aside(workspace)
    try:
        reason = JsonQuiz(workspace, sitting, _write).run(_read_line)
    finally:
        sitting.leave()
        back_up(workspace)
    now = workspace.clock.now()
    soon = workspace.queue.next_learning_at(now)
    seconds = max(0, (soon - now.at) // 1000) if soon is not None else None
    later = {"next_step_seconds": seconds, "next_review_days": workspace.queue.counts(now).later}
    _write(end_line(reason, sitting.tally, later))


def _write(line: dict[str, Any]) -> None:
    say_json(line)
    sys.stdout.flush()


def _read_line() -> bytes | None:
    """One line of standard input, in bytes since JSON is UTF-8 in every locale; None at the end.

    Raises ValueError for a line that is too long, all of which is passed over.
    """
    line = sys.stdin.buffer.readline(LONGEST_LINE)
    if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
        while (rest := sys.stdin.buffer.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        raise ValueError(f"a line is at most {LONGEST_LINE:,} bytes long")
    return line or None


class JsonQuiz:
    """Carries out what a front end asks for, line by line, and writes what it should show."""

    def __init__(self, workspace: Workspace, sitting: Sitting, write: Write) -> None:
        self.workspace, self.sitting, self.write = workspace, sitting, write
        self._confidence: int | None = None

    def run(self, read: Callable[[], bytes | None]) -> str:
        """Ask and answer until the front end leaves. Why it ended: left, or input."""
        self._ask()
        while True:
            try:
                line = read()
                if line is None:
                    return "input"
                if line.strip():
                    self._carry_out(read_input_line(line))
            except _Done:
                return "left"
            except _CannotBeAskedError as error:
                self._note(str(error))
                self.sitting.skip(cannot_be_asked=True)
                self._ask()
            except Overtaken as error:
                self._note(str(error))
                self.sitting.skip()
                self._ask()
            except (ValueError, MltermsError) as error:
                self.write({"type": "error", "message": _as_sentence(str(error))})

    def _note(self, message: str) -> None:
        self.write({"type": "note", "message": _as_sentence(message)})

    def _ask(self) -> None:
        """Write the open question, or that nothing is left."""
        self._confidence = None
        asked = self.sitting.ask()
        for reason in self.sitting.passed_over():
            self._note(reason)
        if asked is None:
            self.write({"type": "done", "undoable": can_undo(self.sitting)})
        else:
            self.write(question_line(self.sitting, asked, self.workspace.index))

    # -- what a line asks for ------------------------------------------------------------------------------

    def _carry_out(self, line: InputLine) -> None:
        """Raises ValueError or MltermsError, and has changed nothing, where it cannot be done now."""
        if isinstance(line, AnswerLine):
            self._answer(self._require_unanswered(), line)
        elif isinstance(line, UnknownLine):
            asked = self._require_unanswered()
            if isinstance(asked.question, Recall):
                raise ValueError("a recall is answered or skipped")
            if isinstance(asked.question, Predict):
                self._predict(asked, None)
            else:
                self._give(asked, grade.grade_unknown(asked))
        elif isinstance(line, IdeasLine):
            self._tick(line.ideas)
        elif isinstance(line, RateLine):
            self._rate(line.rating)
        else:
            _ACTIONS[line.do](self)

    def _require_unanswered(self) -> Instance:
        if self.sitting.verdict is not None:
            raise ValueError("this question is answered: rate it first")
        return self._open()

    def _open(self) -> Instance:
        if self.sitting.asked is None:
            raise ValueError("no question is open")
        return self.sitting.asked

    def _open_for(self, mark: str) -> QuestionId:
        """The open question. Raises ValueError if that mark would change nothing of it."""
        question = self._open().id
        if why := why_unchanged(self.sitting, mark):
            raise ValueError(why)
        return question

    def _answer(self, asked: Instance, line: AnswerLine) -> None:
        kind = asked.question.kind
        if line.fields != {ANSWERED_WITH[kind]}:
            raise ValueError(f'a {kind} is answered with "{ANSWERED_WITH[kind]}"')
        if isinstance(asked.question, Predict):
            self._predict(asked, _one_position(asked, line), line.confidence)
        else:
            self._give(asked, _judge(asked, line), line.confidence, **self._run_spot_code(asked))

    def _run_spot_code(self, asked: Instance) -> dict[str, list[dict[str, Any]]]:
        """Of code with a wrong line: what it prints as it was and put right, if it may run."""
        if not isinstance(asked.question, Spot):
            return {}
        from mlterms.check.spot_run import run_spot

        try:
            ran = run_spot(self.workspace.index.term(asked.term).path, asked.question)
        except MltermsError:
            return {}
        if ran is None:
            return {}
        versions = (("wrong", ran.wrong), ("fixed", ran.fixed))
        return {"printed": [{"version": version, "lines": list(lines)} for version, lines in versions]}

    def _predict(self, asked: Instance, picked: int | None, confidence: int | None = None) -> None:
        """Run what was predicted and let the run decide. picked: None if the learner does not know."""
        assert isinstance(asked.question, Predict)
        try:
            with only_own_outputs():
                demo = open_demo(self.workspace.index, asked.question.demo, deck_of(asked.id))
                results = run_all(demo, asked)
            measures = flat_measures({name: result.measures for name, result in results.items()})
            verdict = grade.grade_predict(asked, picked, measures)
        except (ValueError, MltermsError) as error:
            raise _CannotBeAskedError(f"{asked.id} cannot be asked: {error}") from None
        self._give(asked, verdict, confidence, runs=runs_of(results))

    def _give(
        self, asked: Instance, verdict: Verdict, confidence: int | None = None, **more: list[dict[str, Any]]
    ) -> None:
        self._confidence = confidence
        self.sitting.give(verdict, confidence)
        self.write({**feedback_line(self.sitting, asked, self.sitting.verdict or verdict), **more})

    def _tick(self, ideas: tuple[int, ...]) -> None:
        asked, verdict = self._open(), self.sitting.verdict
        if not isinstance(asked.question, Recall) or verdict is None:
            raise ValueError("ideas are ticked after the answer to a recall")
        _check_positions("ideas", ideas, len(asked.question.ideas))
        verdict = grade.grade_recall(asked, verdict.given["text"], ideas)
        self._give(asked, verdict, self._confidence)

    def _rate(self, wanted: int | None) -> None:
        asked, verdict = self._open(), self.sitting.verdict
        if verdict is None:
            raise ValueError("answer the question before you rate it")
        rating, offered = Rating(wanted or verdict.suggested), self.sitting.buttons()
        if rating not in offered:
            raise ValueError("that answer was wrong, so it can only be rated 1, Again")
        self.sitting.rate(rating)
        event = self.sitting.answers[-1].uuid
        self.write(recorded_line(asked.id, rating, offered[rating], event))
        self._ask()

    def _right_after_all(self) -> None:
        if not self.sitting.may_be_right_after_all:
            raise ValueError("that overrules the verdict on a typed answer, before it is rated")
        verdict = self.sitting.right_after_all()
        self.write(feedback_line(self.sitting, self._open(), verdict))

    def _undo(self) -> None:
        if not (question := undo(self.sitting)):
            raise ValueError("there is nothing to undo")
        self._report_change("undone", question)

    def _redo(self) -> None:
        if not (question := redo(self.sitting)):
            raise ValueError("there is nothing to redo")
        self._report_change("redone", question)

    def _skip(self) -> None:
        question = self._open().id
        self.sitting.skip()
        self._report_change("skipped", question)

    def _bury(self) -> None:
        question = self._open_for("bury")
        marks.bury(self.sitting)
        self._report_change("buried", question)

    def _suspend(self) -> None:
        question = self._open_for("suspend")
        marks.suspend(self.sitting)
        self._report_change("suspended", question)

    def _flag(self) -> None:
        question, flagged = self._open().id, marks.flag(self.sitting)
        self.write({"type": "flagged" if flagged else "unflagged", "id": question})

    def _mark_known(self) -> None:
        question = self._open().id
        marks.know(self.sitting)
        self._report_change("known", question)

    def _reset(self) -> None:
        question = self._open_for("reset")
        marks.reset(self.sitting)
        self._report_change("reset", question)

    def _report_change(self, what: str, question: str) -> None:
        self.write({"type": what, "id": question})
        if self.sitting.verdict is None:  # else only a flag was changed, and the answer is still to be rated
            self._ask()

    def _card(self) -> None:
        term = self._open().term
        marks.look_up(self.sitting)
        card = to_dict(self.workspace.index.term(term), leave_out=("checks", "questions"))
        self.write({"type": "card", "term": term, "card": card})

    def _leave(self) -> None:
        raise _Done


_ACTIONS: dict[str, Callable[[JsonQuiz], None]] = {
    "right": JsonQuiz._right_after_all,
    "undo": JsonQuiz._undo,
    "redo": JsonQuiz._redo,
    "skip": JsonQuiz._skip,
    "bury": JsonQuiz._bury,
    "suspend": JsonQuiz._suspend,
    "flag": JsonQuiz._flag,
    "known": JsonQuiz._mark_known,
    "reset": JsonQuiz._reset,
    "card": JsonQuiz._card,
    "leave": JsonQuiz._leave,
}


def _judge(asked: Instance, line: AnswerLine) -> Verdict:
    """The verdict on an answer of any kind but a prediction. Raises ValueError for anything else."""
    question = asked.question
    if line.text is not None:
        return grade.grade(asked, [clean(line.text).strip()], (), ())
    if isinstance(question, Cloze):
        assert line.words is not None
        if len(line.words) != len(question.gaps):
            raise ValueError(f'"words" must have one string for each gap: {len(question.gaps)}')
        return grade.grade(asked, [clean(word).strip() for word in line.words], (), ())
    if isinstance(question, Spot):
        count = len(question.wrong.splitlines())
        if not line.line or line.line > count:
            raise ValueError(f'"line" must be from 1 to {count}')
        return grade.grade_spot(asked, line.line)
    if line.order is not None:
        if sorted(line.order) != list(range(len(asked.options))):
            raise ValueError(f'"order" must have each position from 0 to {len(asked.options) - 1} once')
        return grade.grade_order(asked, line.order)
    assert isinstance(question, Choice)
    if question.count_right == 1:
        return grade.grade_choice(asked, (_one_position(asked, line),))
    assert line.picked is not None
    _check_positions("picked", line.picked, len(asked.options))
    if not line.picked:
        raise ValueError('"picked" must have at least one position')
    return grade.grade_choice(asked, line.picked)


def _one_position(asked: Instance, line: AnswerLine) -> int:
    picked = line.picked or ()
    _check_positions("picked", picked, len(asked.options))
    if len(picked) != 1:
        raise ValueError('"picked" must have exactly one position')
    return picked[0]


def _check_positions(name: str, positions: tuple[int, ...], count: int) -> None:
    if len(set(positions)) != len(positions) or not all(0 <= each < count for each in positions):
        raise ValueError(f'"{name}" must be different positions from 0 to {count - 1}')


def _as_sentence(text: str) -> str:
    """`text` with a capital letter and a full stop, unless it begins with the id of a question."""
    capital = text[:1].upper() + text[1:] if ":" not in text.partition(" ")[0] else text
    return capital if capital.endswith((".", "!", "?")) else f"{capital}."
