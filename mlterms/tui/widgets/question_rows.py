"""A term's questions laid out as rows: what each asks, how it stands, and the marks of its last answers."""

from __future__ import annotations

from mlterms.glossary.prose import Run
from mlterms.quiz.term_details import QuestionHistory, TermDetails, day_in_short
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.prose_rows import Row, flowed
from mlterms.tui.widgets.zones import Zone

_KIND = 10  # columns of a question's kind
_MARKS = 6  # of the last answers, beside a folded question
_STATE = 14  # columns
_WIDE = 60  # columns from which a question takes one row

# What can be done with a question: the action of the screen, its key, its name, and its name where it is so.
DEEDS = (
    ("suspend", "s", "suspend", "ask again"),
    ("know", "i", "I know this", "I know this"),
    ("reset", "r", "reset", "reset"),
    ("flag", "f", "flag", "unflag"),
)


def questions(reading: TermDetails, width: int, look: Look, unfolded: str) -> list[Row]:
    """The questions, each in a row or two; the unfolded one with all that is known of it and can be done."""
    begun = sum(past.begun for past in reading.questions)
    count = f"{begun} of {len(reading.questions)} begun" if reading.questions else ""
    heading = Piece("Its questions", "page--heading")
    gap = width - 2 - len(heading.text) - len(count)
    rows: list[Row] = [[Piece("  "), heading, Piece(" " * gap), Piece(count, "page--muted")], []]
    for past in reading.questions:
        if past.id == unfolded:
            rows += _whole(past, reading, width, look)
        else:
            rows += _folded(past, width, look)
    return rows if reading.questions else []


def _folded(past: QuestionHistory, width: int, look: Look) -> list[Row]:
    zone = Zone("question", past.id)
    state = _state(past, look)
    if width >= _WIDE:
        marks = _marks(past, look)
        gap = " " * (_MARKS - len(marks) + 2 + _STATE - len(state.text))
        right = [*marks, Piece(gap), state]
    else:
        right = [] if past.begun else [state]
    room = width - 2 - _KIND - 2 - sum(len(piece.text) for piece in right)
    words = look.text(past.words)
    if len(words) > room:
        words = words[: room - 1].rstrip(" .,;:−") + look.glyph("cut")
    kind = Piece(f"{past.kind:{_KIND}}", "page--muted", zone)
    rows: list[Row] = [
        [Piece("  "), kind, Piece(words, "", zone), Piece(" " * (room - len(words) + 2)), *right]
    ]
    if not right:
        rows.append([Piece(" " * (2 + _KIND)), state, Piece("  "), *_marks(past, look)])
    return rows


def _whole(past: QuestionHistory, reading: TermDetails, width: int, look: Look) -> list[Row]:
    kind = Piece(past.kind, "page--accent", Zone("question", past.id))
    first = [Piece("  "), kind, Piece(" " * (_KIND - len(past.kind)))]
    margin = 2 + _KIND if width >= _WIDE else 4
    rows: list[Row] = []
    if width < _WIDE:
        rows, first = [first], [Piece(" " * margin)]
    rows += flowed([Run(past.words)], width, look, first=first, rest=margin)
    told = [Run(_told(past))]
    rows += flowed(told, width, look, first=[Piece(" " * margin)], rest=margin, style="page--muted")
    if past.given:
        rows += _answers(past, reading.today, width, margin, look)
    if past.is_leech:
        advice = "It keeps slipping away: read the card again, beside what it is confused with."
        rows += flowed(
            [Run(advice)], width, look, first=[Piece(" " * margin)], rest=margin, style="page--bad"
        )
    return [*rows, *_deeds(past, width, margin), []]


def _told(past: QuestionHistory) -> str:
    parts = [past.state]
    if past.given:
        known = sum(given.right for given in past.given)
        parts.append(f"asked {_times(len(past.given))}, known {_times(known)}")
    if past.lapses:
        parts.append(f"forgotten {_times(past.lapses)}")
    if past.flagged:
        parts.append("flagged")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _answers(past: QuestionHistory, today: int, width: int, margin: int, look: Look) -> list[Row]:
    """The answers with their days, the last ones where there is no room for all in two rows."""
    row: Row = [Piece(" " * margin)]
    rows = [row]
    used = margin
    items = [(_mark(given.right, look), day_in_short(given.day, today)) for given in past.given]
    most = 2 * max(1, (width - margin) // 10)
    if len(items) > most:
        items = items[-most:]
    for mark, day in items:
        size = len(mark.text) + 1 + len(day) + 2
        if used + size - 2 > width:
            row = [Piece(" " * margin)]
            rows.append(row)
            used = margin
        row += [mark, Piece(f" {day}  ", "page--muted")]
        used += size
    return rows


def _deeds(past: QuestionHistory, width: int, margin: int) -> list[Row]:
    rows: list[Row] = [[Piece(" " * margin)]]
    used = margin
    for action, key, name, undone in DEEDS:
        done = (action == "suspend" and past.suspended) or (action == "flag" and past.flagged)
        text = f" {key}  {undone if done else name} "
        if used + len(text) > width and used > margin:
            rows.append([Piece(" " * margin)])
            used = margin
        rows[-1] += [Piece(text, "page--button", Zone("do", action)), Piece(" ")]
        used += len(text) + 1
    return rows


def _state(past: QuestionHistory, look: Look) -> Piece:
    text = f"leech, {past.state}" if past.is_leech else past.state
    style = "page--accent" if past.state == "due now" else "page--muted"
    if past.is_leech or past.suspended:
        style = "page--bad"
    return Piece(f"{text}, flagged" if past.flagged else text, style)


def _marks(past: QuestionHistory, look: Look) -> Row:
    return [_mark(given.right, look) for given in past.given[-_MARKS:]]


def _mark(right: bool, look: Look) -> Piece:
    return Piece(look.glyph("right" if right else "wrong"), "page--good" if right else "page--bad")
