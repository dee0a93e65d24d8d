"""`mlterms quiz --json`: another program drives whole sessions through docs/quiz-protocol.md."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mlterms.cli import json_input, json_quiz
from tests.cli.conftest import LOSS_CARD, write_deck

Line = dict[str, Any]

NOW = "2026-11-20T09:00"
PROTOCOL = Path(__file__).parents[2] / "docs" / "quiz-protocol.md"

CARD = (
    LOSS_CARD
    + """
### numeric: twice
What is twice {n}?
```yaml
draw: {n: {from: 500, to: 1500, by: 1}}
answer: 2 * n
tolerance: 0
explain: "twice {n} is {answer}"
```
"""
)


class FrontEnd:
    """A program that drives the quiz. log: every line that mlterms has written."""

    def __init__(self, home: dict[str, str], arguments: tuple[str, ...], now: str = NOW) -> None:
        command = [sys.executable, "-m", "mlterms", "--now", now, "quiz", "--json", *arguments]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=home
        )
        self.home = Path(home["HOME"])
        self.log: list[Line] = []

    def read(self) -> Line:
        assert self.process.stdout is not None
        written = self.process.stdout.readline()
        assert written, self.process.stderr and self.process.stderr.read().decode()
        line: Line = json.loads(written)
        self.log.append(line)
        return line

    def read_type(self, kind: str) -> Line:
        line = self.read()
        assert line["type"] == kind, line
        return line

    def send(self, **line: Any) -> Line:
        """Send a request and read the line that follows."""
        return self.send_raw(json.dumps(line).encode())

    def send_raw(self, line: bytes) -> Line:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        return self.read()

    def begin(self) -> Line:
        """Read the greeting and the first question."""
        self.read_type("hello")
        return self.read_type("question")

    def end(self) -> Line:
        """Close the input and read the last line; the program ends well and has nothing more to say."""
        rest, errors = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, errors
        lines = [json.loads(line) for line in rest.splitlines()]
        assert [line["type"] for line in lines] == ["end"]
        return dict(lines[0])

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)

    def answers(self) -> list[tuple[str, int, Any, int | None]]:
        """(question, rating, given, confidence) of each answer on disk that counts, read by this program."""
        sql = (
            "SELECT question, rating, given, confidence FROM event WHERE kind = 'answer' AND uuid NOT IN"
            " (SELECT target FROM event WHERE kind = 'undo' AND uuid NOT IN"
            " (SELECT target FROM event WHERE kind = 'undo')) ORDER BY seq"
        )
        connection = sqlite3.connect(next(self.home.rglob("mlterms.db")))
        rows = [(row[0], row[1], json.loads(row[2]), row[3]) for row in connection.execute(sql)]
        connection.close()
        return rows


Drive = Callable[..., FrontEnd]


@pytest.fixture
def drive(home: dict[str, str], tmp_path: Path) -> Iterator[Drive]:
    """`drive("d:loss", "--limit", "3")`: a front end for a session on a small deck or on the bundle."""
    write_deck(tmp_path, CARD)
    running: list[FrontEnd] = []

    def start(*arguments: str, now: str = NOW) -> FrontEnd:
        running.append(FrontEnd(home, arguments, now))
        return running[-1]

    yield start
    for front_end in running:
        front_end.kill()


def reply_to(question: Line) -> Line:
    """An answer of the form that the question asks for, right or wrong."""
    field = question["answer_with"]
    count = len(question.get("options", ()))
    value: Any = {
        "text": "7",
        "words": ["weight"] * question.get("gaps", 0),
        "picked": [0, 1] if question.get("several") else [0],
        "order": list(range(count)),
        "line": 1,
    }[field]
    return {"do": "answer", field: value}


def test_a_whole_session_of_every_kind(drive: Drive) -> None:
    """Nothing but the lines is known: whatever is asked gets an answer, until nothing is left."""
    front_end = drive("machine-learning", "argmax", "neuron", "--cram")
    line, kinds, asked = front_end.begin(), set(), 0
    while line["type"] == "question":
        question = line
        kinds.add(question["kind"])
        asked += 1
        line = front_end.send(**reply_to(question), confidence=asked % 3 + 1)
        assert line["type"] == "feedback", line
        assert line["id"] == question["id"]
        assert line["answer"]
        if question["kind"] == "recall":
            assert line["correct"] is None
            line = front_end.send(do="ideas", ideas=list(range(len(line["ideas"]))))
            assert line["suggested"] == 3
        if question["kind"] == "predict":
            assert {run["name"] for run in line["runs"]} == {run["name"] for run in question["runs"]}
            assert all(run["measures"] for run in line["runs"])
        ratings = [each["rating"] for each in line["ratings"]]
        assert ratings == ([1] if line["correct"] is False else [1, 2, 3, 4])
        recorded = front_end.send(do="rate")
        assert recorded["type"] == "recorded", recorded
        # It is on disk before the next question is asked for.
        on_disk = front_end.answers()
        assert len(on_disk) == asked
        assert on_disk[-1] == (question["id"], line["suggested"], line["given"], asked % 3 + 1)
        line = front_end.read()
    assert line == {"type": "done", "undoable": True}
    assert kinds == {"recall", "cloze", "choice", "numeric", "predict", "order", "spot"}
    end = front_end.end()
    assert (end["reason"], end["answered"]) == ("input", asked)
    assert end["right"] == sum(each["rating"] > 1 for each in front_end.log if each["type"] == "recorded")


def test_a_line_that_cannot_be_carried_out_is_an_error_and_changes_nothing(drive: Drive) -> None:
    front_end = drive("d:loss")
    question = front_end.begin()
    assert question["answer_with"] == "words"
    bad = [
        b"loss",
        b"[1]",
        b"null",
        b"{}",
        b'{"do": "dance"}',
        b'{"do": "answer"}',
        b'{"do": "answer", "text": "loss"}',
        b'{"do": "answer", "words": "loss"}',
        b'{"do": "answer", "words": ["loss", "loss"]}',
        b'{"do": "answer", "words": ["loss"], "text": "loss"}',
        b'{"do": "answer", "words": ["loss"], "confidence": 4}',
        b'{"do": "answer", "words": ["loss"], "sure": 3}',
        b'{"do": "answer", "words": ["\xff"]}',
        b'{"do": "answer", "words": ["\\ud800"]}',
        b"[" * 5000,
        b'{"do": "answer", "words": ["' + b"x" * 100_000 + b'"]}',
        b'{"do": "rate", "rating": 3}',
        b'{"do": "ideas", "ideas": [0]}',
        b'{"do": "right"}',
        b'{"do": "undo"}',
        b'{"do": "redo"}',
    ]
    for line in bad:
        answer = front_end.send_raw(line)
        assert answer["type"] == "error", (line, answer)
        assert answer["message"].endswith("."), answer
    assert front_end.answers() == []
    assert front_end.send(do="answer", words=["loss"])["correct"] is True
    for line in (
        b'{"do": "answer", "words": ["loss"]}',
        b'{"do": "unknown"}',
        b'{"do": "rate", "rating": 5}',
    ):
        assert front_end.send_raw(line)["type"] == "error"
    assert front_end.answers() == []
    assert front_end.send(do="rate", rating=4)["type"] == "recorded"
    assert front_end.answers() == [("d:loss/name", 4, {"words": ["loss"]}, None)]


def test_of_a_prediction_the_learner_may_say_that_they_do_not_know(drive: Drive) -> None:
    front_end = drive("neuron", "--cram")
    question = front_end.begin()
    while question["kind"] != "predict":
        assert front_end.send(do="skip")["type"] == "skipped"
        question = front_end.read_type("question")
    line = front_end.send(do="unknown")
    assert (line["type"], line["correct"], line["given"]) == ("feedback", False, {"unknown": True})
    assert {run["name"] for run in line["runs"]} == {run["name"] for run in question["runs"]}


def test_a_wrong_answer_takes_no_rating_but_again_unless_it_was_a_slip(drive: Drive) -> None:
    front_end = drive("d:loss")
    front_end.begin()
    assert front_end.send(do="answer", words=["lpss"], confidence=2)["may_be_right"] is True
    assert "only be rated 1" in front_end.send(do="rate", rating=3)["message"]
    assert front_end.send(do="right")["correct"] is True
    front_end.send(do="rate", rating=3)
    given = {"words": ["lpss"], "right_after_all": True}
    assert front_end.answers() == [("d:loss/name", 3, given, 2)]


def test_undo_and_redo_reach_back_also_when_nothing_is_left(drive: Drive) -> None:
    front_end = drive("d:loss", "--limit", "1")
    first = front_end.begin()
    front_end.send(do="answer", words=["loss"])
    front_end.send(do="rate")
    assert front_end.read_type("done")["undoable"] is True
    assert "no question is open" in front_end.send(do="skip")["message"].lower()
    assert front_end.send(do="undo") == {"type": "undone", "id": first["id"]}
    assert front_end.read_type("question")["id"] == first["id"]
    assert front_end.answers() == []
    assert front_end.send(do="redo") == {"type": "redone", "id": first["id"]}
    front_end.read_type("done")
    assert len(front_end.answers()) == 1
    assert front_end.send(do="leave")["reason"] == "left"
    assert front_end.process.communicate(timeout=60) == (b"", b"")
    assert front_end.process.returncode == 0


def test_skipping_burying_and_suspending_go_on_with_another_question(drive: Drive) -> None:
    front_end = drive("d:loss")
    seen = [front_end.begin()["id"]]
    for action, said in (("skip", "skipped"), ("bury", "buried")):
        assert front_end.send(do=action) == {"type": said, "id": seen[-1]}
        seen.append(front_end.read_type("question")["id"])
    assert front_end.send(do="suspend") == {"type": "suspended", "id": seen[-1]}
    front_end.read_type("done")
    assert len(set(seen)) == 3
    assert front_end.end()["answered"] == 0


def test_the_end_of_the_input_records_what_was_shown(drive: Drive) -> None:
    front_end = drive("d:loss")
    front_end.begin()
    front_end.send(do="answer", words=["profit"], confidence=3)
    end = front_end.end()
    assert (end["reason"], end["answered"], end["right"], end["certain"]) == ("input", 1, 0, 1)
    assert front_end.answers() == [("d:loss/name", 1, {"words": ["profit"]}, 3)]


def test_a_killed_session_loses_neither_an_answer_nor_the_open_question(drive: Drive) -> None:
    front_end = drive("d:loss")
    front_end.begin()
    front_end.send(do="answer", words=["loss"])
    front_end.kill()  # the feedback was shown, so the answer counts
    again = drive("d:loss")
    question = again.begin()
    assert again.answers() == [("d:loss/name", 3, {"words": ["loss"]}, None)]
    while question["kind"] != "numeric":
        again.send(do="skip")
        question = again.read_type("question")
    again.kill()
    assert drive("d:loss").begin() == question  # with the same numbers


def test_a_right_number_is_written_without_commas_and_text_with_them(drive: Drive) -> None:
    front_end = drive("d:loss")
    question = front_end.begin()
    while question["kind"] != "numeric":
        front_end.send(do="skip")
        question = front_end.read_type("question")
    feedback = front_end.send(do="answer", text="7")
    assert feedback["answer"] in {str(2 * n) for n in range(500, 1501)}
    assert f"is {int(feedback['answer']):,}" in feedback["says"][-1]


def test_the_card_can_be_read_while_its_question_is_open(drive: Drive) -> None:
    front_end = drive("d:loss")
    assert "A number." in front_end.begin()["introduction"]
    card = front_end.send(do="card")
    assert card["card"]["definition"] == "A number."
    assert "questions" not in card["card"]
    feedback = front_end.send(do="answer", words=["loss"])
    assert (feedback["correct"], feedback["suggested"]) == (True, 2)


def test_another_window_may_answer_first(drive: Drive) -> None:
    front_end, other = drive("d:loss"), drive("d:loss")
    question = front_end.begin()
    assert other.begin()["id"] == question["id"]
    for each in (front_end, other):
        each.send(do="answer", words=["loss"])
    assert front_end.send(do="rate")["type"] == "recorded"
    assert other.send(do="rate", rating=2)["type"] in ("note", "recorded")
    assert len(other.answers()) == 1


def test_terms_that_are_confused_are_asked_in_turn_and_what_is_due_has_intervals(
    drive: Drive, tmp_path: Path
) -> None:
    other = LOSS_CARD.replace("loss", "cost").replace("topic: t", "topic: t\ncontrast: [loss]")
    (tmp_path / "d" / "content" / "cost.md").write_text(other)
    front_end = drive("d:loss", "d:cost")
    question = front_end.begin()
    while question["type"] == "question":
        assert front_end.send(do="known")["type"] == "known"
        question = front_end.read()
    for now, interval in ((NOW, "—"), ("2027-11-20T09:00", "10m")):
        front_end = drive("--contrast", now=now)
        question = front_end.begin()
        assert front_end.log[0]["mode"] == "cram"
        assert question["left"] == "contrast, 4 left"
        while question["kind"] != "cloze":
            front_end.send(do="skip")
            question = front_end.read()
        feedback = front_end.send(do="answer", words=["zebra"])
        assert [text.partition(":")[0] for text in feedback["apart"]] == (
            ["**loss**", "**cost**"] if question["term"] == "d:loss" else ["**cost**", "**loss**"]
        )
        assert [each["interval"] for each in feedback["ratings"]] == [interval]
        front_end.end()


def test_a_call_that_makes_no_sense_is_refused(mlterms: Callable[..., Any]) -> None:
    ran = mlterms("quiz", "--json", "--plain")
    assert ran.returncode == 2
    assert ran.stdout == ""


def test_the_document_names_every_request_and_every_line() -> None:
    text = PROTOCOL.read_text(encoding="utf-8")
    for name in ("answer", *json_input._NAMED):
        assert f"| `{name}` |" in text, name
    assert f"This is protocol {json_quiz.PROTOCOL}." in text
    assert f"{json_quiz.LONGEST_LINE:,} bytes" in text


def test_a_question_is_flagged_and_known_and_reset(drive: Drive) -> None:
    front_end = drive("d:loss")
    question = front_end.begin()["id"]
    assert front_end.send(do="flag") == {"type": "flagged", "id": question}
    assert front_end.send(do="flag") == {"type": "unflagged", "id": question}
    assert "new already" in front_end.send(do="reset")["message"]
    assert front_end.send(do="known") == {"type": "known", "id": question}
    assert front_end.read_type("question")["id"] != question
    assert front_end.send(do="undo") == {"type": "undone", "id": question}
    front_end.read_type("question")
    front_end.send(do="answer", words=["loss"])
    assert front_end.send(do="reset") == {"type": "reset", "id": question}
