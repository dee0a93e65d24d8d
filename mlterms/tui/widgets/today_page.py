"""What today holds, as a page: how much, the coming days, what is new and why, what is weakest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mlterms.quiz.today import Today, day_in_words, later_in_words, weekday_name
from mlterms.store.study_stats import Coming
from mlterms.tui.look import Look
from mlterms.tui.widgets.bar import bar, meter
from mlterms.tui.widgets.lines import Piece, wrapped
from mlterms.tui.widgets.numeral import numeral
from mlterms.tui.widgets.page import Page, Row, beside, padded, width_of

_LABEL = 11  # columns of what stands before a note
_WIDE = 108  # columns from which the lists stand side by side
_WIDEST = 48  # columns of the coming days
_WEEK = 8  # rows of the coming days, beside which the lists may be as long


class Zone(NamedTuple):
    """What a place on the page stands for. what: "card", "demo", or an action of the screen."""

    what: str
    name: str = ""


START = Zone("start")


class TodayPage(Page):
    """Shows a `Today`. keys: what to call the key of an action, by its id."""

    def __init__(self, today: Today, keys: Callable[[str], str], *, look: Look) -> None:
        super().__init__(id="page", look=look)
        self.today, self.keys = today, keys

    def show(self, today: Today) -> None:
        self.today = today
        self.renew()

    @property
    def at_start(self) -> bool:
        """Whether Enter would start the questions."""
        here = self.marked_zone
        return here is None or here == START

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (action == "open" and self.at_start)  # then Enter is the screen's own

    # -- the whole -----------------------------------------------------------------------------------------

    def content(self, width: int, room: int) -> list[Row]:
        margin = 2 if width < 76 else 3
        inner = width - 2 * margin
        head = self._head(inner)
        notes = self._notes(inner)
        left = max(room - len(head) - len(notes) - 3, _WEEK)
        rows = [[], *head, [], *self._body(inner, left), [], *notes]
        return [[Piece(" " * margin), *row] if row else [] for row in rows]

    def _body(self, width: int, room: int) -> list[Row]:
        new, weak = self.today.coming, self.today.weakest
        if width >= _WIDE:
            lists = [build for build, items in ((self._new, new), (self._weak, weak)) if items]
            first = min(width // 3, _WIDEST)
            column = (width - first) // max(1, len(lists))
            parts = [(build(column - 3, room - 1), column) for build in lists]
            return beside((self._week(first - 4), first), *parts)
        half = (width - 4) // 2
        if width >= 70:
            first, second = _shares(len(new), len(weak), room - (3 if new and weak else 1))
            upper, lower = self._new(width - half, first), self._weak(width - half, second)
            right = [*upper, [], *lower] if upper and lower else upper or lower
            return beside((self._week(half - 2), half), (right, width - half))
        if not weak:
            return beside((self._week(half - 4), half), (self._new(width - half, 7), width - half))
        top = beside((self._week(half - 2), half), (self._weak(width - half, 7), width - half))
        return [*top, [], *self._new(width, len(new))]

    # -- its parts -----------------------------------------------------------------------------------------

    def _head(self, width: int) -> list[Row]:
        today = self.today
        if today.left and not today.waits:
            figure = numeral(today.left, self.look.charset == "ascii")
            which = "left today" if today.so_far.answered else "today"
            words: list[Row] = [
                [Piece(f"question{'s' * (today.left != 1)} {which}", "page--title")],
                [Piece(self._amount(width - 3 - len(figure[0])))],
                [self._button(START, self.keys("today.start"), "start")],
            ]
            rows: list[Row] = [
                [Piece(digits, "page--accent"), Piece("   "), *row]
                for digits, row in zip(figure, words, strict=True)
            ]
        else:
            rows = [[Piece(self._nothing(), "page--title")], [Piece(self._next())], self._ways(width)]
        date = Piece(day_in_words(today.day), "page--muted")
        if width_of(rows[0]) + 2 + len(date.text) <= width:
            rows[0] = [*padded(rows[0], width - len(date.text)), date]
        return rows

    def _amount(self, width: int) -> str:
        counts = self.today.counts
        parts = [(counts.due, "to review"), (counts.learning, "to see again"), (counts.new, "new")]
        amount = ", ".join(f"{count} {what}" for count, what in parts if count)
        minutes = self.today.minutes
        dot = self.look.glyph("dot")
        about = f"{minutes} minute{'s' * (minutes != 1)}"
        long = f"{amount} {dot} about {about}"
        return long if len(long) <= width else f"{amount} {dot} {minutes} min"

    def _nothing(self) -> str:
        if self.today.waits:
            return "Nothing is due just now."
        return "Done for today." if self.today.so_far.answered else "Nothing is due today."

    def _next(self) -> str:
        counts, step = self.today.counts, self.today.next_step
        if self.today.waits and step is not None:
            minute = (step + 1000 * self.today.now.offset) // 60_000
            return f"{counts.learning} to see again at {minute // 60 % 24}:{minute % 60:02}."
        if counts.later is None:
            return "No review is waiting on any day."
        count = self.today.forecast[counts.later] if counts.later < len(self.today.forecast) else 0
        return f"The next review{'s' * (count > 1)}: {count or 1} {later_in_words(counts.later)}."

    def _ways(self, width: int) -> Row:
        """What can be done when nothing is due."""
        ways = [(Zone("more"), "today.more", "five new"), (Zone("ahead"), "today.ahead", "review ahead")]
        ways += [(Zone("glossary"), "today.glossary", "glossary"), (Zone("demos"), "today.demo", "a demo")]
        row: list[Piece] = []
        for zone, action, label in ways:
            if (zone.what == "more" and not self.today.unseen) or (
                zone.what == "ahead" and not self.today.ahead
            ):
                continue
            row += [self._button(zone, self.keys(action), label), Piece("  ")]
        return row

    def _button(self, zone: Zone, key: str, label: str) -> Piece:
        return Piece(f" {key}  {label} ", "page--button", zone)

    def _week(self, width: int) -> list[Row]:
        today, forecast = self.today, self.today.forecast
        rows: list[Row] = [[Piece("The next seven days", "page--heading")]]
        if not any(forecast):
            words = "No reviews yet. Each answer says on which day its question comes back."
            return rows + [[Piece(line, "page--muted")] for line in wrapped(words, width)]
        most, room = max(forecast), width - 7 - 5
        for ahead, count in enumerate(forecast):
            name = "today" if ahead == 0 else weekday_name(today.day + ahead)[:3]
            drawn = bar(count / most, room, self.look)
            look = "page--accent" if ahead == 0 else "page--bar"
            rows.append([Piece(f"{name:7}"), Piece(f"{drawn:{room}}", look), Piece(f"{count:5}")])
        return rows

    def _new(self, width: int, most: int) -> list[Row]:
        coming = self.today.coming
        if not coming:
            return []
        shown = coming[: max(1, most)]
        heading = [Piece("New today, and why", "page--heading")]
        if len(shown) < len(coming):
            heading.append(Piece(f"  {len(shown)} of {len(coming)}", "page--muted"))
        rows: list[Row] = [heading]
        names = [self.look.text(_short(each.title)) for each in shown]
        widest = min(max(map(len, names)), width // 2)
        for each, name in zip(shown, names, strict=True):
            title = self.cut([Piece(name, "page--strong", Zone("card", each.term))], widest)
            reason = self.cut([Piece(_why(each), "page--muted")], width - widest - 2)
            rows.append([*padded(title, widest + 2), *reason])
        return rows

    def _weak(self, width: int, most: int) -> list[Row]:
        weakest = self.today.weakest
        if not weakest:
            return []
        rows: list[Row] = [[Piece("Weakest now", "page--heading")]]
        shown = weakest[: max(1, most)]
        leeches = {leech.term for leech in self.today.leeches}
        names = [self.look.text(_short(each.title)) for each in shown]
        room = 10 if width >= 34 else 0
        widest = min(max(map(len, names)), width - room - 9)
        for each, name in zip(shown, names, strict=True):
            title = self.cut([Piece(name, "page--strong", Zone("card", each.id))], widest)
            row = padded(title, widest + 2)
            if room:
                reached, missing = meter(each.mastery, room, self.look)
                row += [Piece(reached, "page--bar"), Piece(missing, "page--faint")]
            row.append(Piece(f"{each.mastery:5.0%}"))
            if each.id in leeches:
                row.append(Piece(" " + self.look.glyph("trouble"), "page--bad"))
            rows.append(row)
        return rows

    def _notes(self, width: int) -> list[Row]:
        today, rows = self.today, list[Row]()
        if today.so_far.answered:
            rows += self._note(
                width, "So far", f"{today.so_far.answered} answered, {today.so_far.right} right."
            )
        if today.last:
            ago = today.day - today.last.day
            when = "Yesterday" if ago == 1 else weekday_name(today.last.day) if ago < 7 else "Last"
            text = f"{today.last.answered} answered, {today.last.right} right"
            if when == "Last":
                text += f", on {day_in_words(today.last.day)}"
            said, right = today.certainty
            if said:
                text += f". Certain of {said}, and right in {right if right < said else 'all'} of them"
            rows += self._note(width, when, text + ".")
        if today.counts.backlog > today.counts.due:
            text = f"{today.counts.backlog} reviews are due; the day's limit leaves the others for tomorrow."
            rows += self._note(width, "Waiting", text)
        for leech in today.leeches[:2]:
            rows += self._leech(
                width, leech.title, leech.lapses, [link.title for link in leech.contrast], leech.demo
            )
        for aside in today.aside[:1]:
            rest = len(today.aside) - 1
            more = f" ({rest} more: mlterms doctor)" if rest else ""
            rows += self._note(width, "Set aside", f"{aside.question}: {aside.reason}{more}")
        return rows

    def _leech(self, width: int, title: str, lapses: int, contrast: Sequence[str], demo: str) -> list[Row]:
        text = f"{title}, forgotten {lapses} times."
        if contrast:
            text += f" Not to be confused with {' or '.join(contrast[:2])}."
        rows = self._note(width, f"Leech {self.look.glyph('trouble')}", text)
        way = [Piece("Watch its demo", "page--strong", Zone("demo", demo))] if demo else []
        if way and width_of(rows[-1]) + 1 + width_of(way) <= width:
            rows[-1] = [*rows[-1], Piece(" "), *way]
        elif way:
            rows.append([Piece(" " * _LABEL), *way])
        return rows

    def _note(self, width: int, label: str, text: str) -> list[Row]:
        lines = wrapped(self.look.text(text), width - _LABEL)
        heads = [f"{label:{_LABEL}}", *[" " * _LABEL] * (len(lines) - 1)]
        return [[Piece(head, "page--muted"), Piece(line)] for head, line in zip(heads, lines, strict=True)]


def _short(title: str) -> str:
    """A title without what tells it from another of its name: `bias` of `bias (parameter)`."""
    return title.partition(" (")[0]


def _why(coming: Coming) -> str:
    if coming.asked:
        return f"{coming.asked} of {coming.of} asked so far"
    if coming.met:
        return f"you met: {', '.join(map(_short, coming.met))}"
    if coming.after:
        return f"after {', '.join(map(_short, coming.after))}"
    return "needs no other term"


def _shares(first: int, second: int, room: int) -> tuple[int, int]:
    """How many rows two lists get that want so many."""
    half = (room + 1) // 2
    if first <= half:
        return first, min(second, room - first)
    if second <= room - half:
        return min(first, room - second), second
    return half, room - half
