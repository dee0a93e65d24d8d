"""What there is to do today, as a page: how much, the next days, what is new and why, what is weakest."""

from __future__ import annotations

from mlterms.base.ids import deck_of
from mlterms.base.percent import percent
from mlterms.base.plurals import count_of
from mlterms.base.text_columns import columns, wrap
from mlterms.quiz.dates import day_in_words, day_of_month, days_ahead, weekday_name
from mlterms.quiz.today import DAYS, Today
from mlterms.quiz.words import backlog_in_words, certainty_in_words, short_title
from mlterms.store.leeches import Leech
from mlterms.store.log.tables import DayTotals
from mlterms.store.mastery import Weak
from mlterms.store.study_stats import NewTerm
from mlterms.tui.widgets.bars import bar, meter
from mlterms.tui.widgets.big_number import big_number
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, indented, padded, side_by_side, width_of

_LABEL = 11  # columns of the label before a note
WIDE = 108  # columns from which the lists are side by side
_WIDEST = 48  # columns of the next days
_WEEK = 8  # rows of the next days, beside which the lists may be as long
_LABELLED = 31  # columns from which the label of the weakest is a few words
_WELL_KNOWN = 0.95  # chance of recall from which a term is not among the weakest


class TodayPage(RowList):
    """Shows a `Today`."""

    LEFT_TO_SCREEN = ("top", "start")

    def __init__(self, today: Today) -> None:
        super().__init__(id="page")
        self._take(today)

    def show(self, today: Today) -> None:
        self._take(today)
        self.renew()

    def _take(self, today: Today) -> None:
        self.today = today
        self.marks_first = today.can_start or bool(today.added)  # or one Enter too many would start more

    # -- the whole -----------------------------------------------------------------------------------------

    def content(self, width: int, room: int) -> list[Row]:
        margin = 2 if width < 76 else 3
        inner = width - 2 * margin
        head = self._head(inner)
        notes = self._notes(inner)
        left = max(room - len(head) - len(notes) - 3, _WEEK)
        rows = [[], *head, [], *self._body(inner, left), [], *notes]
        return indented(rows, margin)

    def _body(self, width: int, room: int) -> list[Row]:
        new, weak = self.today.new_terms, self._weakest()
        if width >= WIDE:
            lists = [build for build, items in ((self._new, new), (self._weak, weak)) if items]
            first = min(width // 3, _WIDEST)
            column = (width - first) // max(1, len(lists))
            parts = [(build(column - 2, room - 1), column) for build in lists]
            return side_by_side((self._next_days(first - 4, room - 1), first), *parts)
        half = (width - 4) // 2
        if width >= 70:
            half -= 2  # names and reasons are longer than the days of a week
            first, second = _shares(len(new), len(weak), room - (3 if new and weak else 1))
            upper, lower = self._new(width - half, first), self._weak(width - half, second)
            right = [*upper, [], *lower] if upper and lower else upper or lower
            return side_by_side((self._next_days(half - 2), half), (right, width - half))
        if not weak:
            upper = self._new(width - half, room - 1)
            return side_by_side((self._next_days(half - 4), half), (upper, width - half))
        upper = self._weak(width - half, max(DAYS, room - len(new) - 3))
        top = side_by_side((self._next_days(half - 2), half), (upper, width - half))
        return [*top, [], *self._new(width, len(new))]

    # -- its parts -----------------------------------------------------------------------------------------

    def _head(self, width: int) -> list[Row]:
        today = self.today
        if today.can_start:
            figure = big_number(today.left, self.terminal.charset == "ascii")
            which = "left today" if today.so_far.answered else "today"
            amount, rest = self._amount(width - 3 - len(figure[0]))
            words: list[Row] = [
                [Piece(f"question{'s' * (today.left != 1)} {which}", "row--title")],
                [Piece(amount)],
                [self.button("today.start", "start", "start"), Piece(rest)],
            ]
            rows: list[Row] = [
                [Piece(digits, "row--accent"), Piece("   "), *row]
                for digits, row in zip(figure, words, strict=True)
            ]
        elif today.added:
            s = "s" * (today.added != 1)
            title = f"{today.added} more new question{s}, which you added and left"
            start = self.button("today.start", "go on", "start")
            rows = [[Piece(title, "row--title")], [Piece(self._next())], [start]]
        else:
            rows = [[Piece(self._nothing(), "row--title")], [Piece(self._next())], self._ways(width)]
        date = Piece(day_in_words(today.day), "row--muted")
        if width_of(rows[0]) + 2 + len(date.text) <= width:
            rows[0] = [*padded(rows[0], width - len(date.text)), date]
        return rows

    def _amount(self, width: int) -> tuple[str, str]:
        """How many questions of each kind there are, and about how long they take: where there is no room
        for both in one row, the time goes into the next one."""
        counts = self.today.counts
        kinds = [
            (counts.put_right, "to put right"),
            (counts.due, "to review"),
            (counts.learning, "to see again"),
            (counts.new, "new"),
        ]
        parts = [f"{count} {what}" for count, what in kinds if count]
        dot, minutes = self.terminal.glyph("dot"), self.today.minutes
        amount, about = ", ".join(parts), f"about {count_of(minutes, 'minute')}"
        for text in (f"{amount} {dot} {about}", f"{amount} {dot} {minutes} min"):
            if len(text) <= width:
                return text, ""
        parts = [part.replace("to see again", "again") for part in parts]
        amount = ", ".join(parts)
        if len(text := f"{amount} {dot} {minutes} min") <= width:
            return text, ""
        shown = len(parts)
        while len(amount) > width and shown > 1:
            shown -= 1
            amount = f"{', '.join(parts[:shown])}, {self.terminal.glyph('cut')}"
        return amount, f"  {about}"

    def _nothing(self) -> str:
        if self.today.only_later_steps_left:
            return "Nothing is due just now."
        return "Done for today." if self.today.so_far.answered else "Nothing is due today."

    def _next(self) -> str:
        counts, step = self.today.counts, self.today.next_step
        if self.today.only_later_steps_left and step is not None:
            wait = step - self.today.now.at
            if wait < 60_000:
                first = ", the first" if counts.learning > 1 else ""
                return f"{counts.learning} to see again{first} in {max(1, round(wait / 1000))} s."
            minute = (step + 1000 * self.today.now.offset) // 60_000
            return f"{counts.learning} to see again at {minute // 60 % 24}:{minute % 60:02}."
        if counts.later is None:
            return "No review is waiting on any day."
        count = self.today.forecast[counts.later] if counts.later < len(self.today.forecast) else 0
        return f"The next review{'s' * (count > 1)}: {count or 1} {days_ahead(counts.later)}."

    def _ways(self, width: int) -> Row:
        """What can be done when nothing is due. Without room, only the line of keys names the last."""
        ways = [("today.more", "five new", "more")] if self.today.has_more_new else []
        ways += [("today.ahead", "review ahead", "ahead")] if self.today.ahead else []
        ways += [("today.contrast", "contrast", "contrast")] if self.today.can_contrast else []
        ways += [
            ("today.glossary", "glossary", "app.go('glossary')"),
            ("today.demo", "demos", "app.go('demos')"),
        ]
        buttons = [self.button(*way) for way in ways]
        while width_of(buttons) + len(buttons) - 2 > width:  # the last may lose the space behind it
            buttons.pop()
        gap = 2 if width_of(buttons) + 2 * len(buttons) <= width else 1
        return [piece for button in buttons for piece in (button, Piece(" " * gap))]

    def _next_days(self, width: int, longest: int = DAYS) -> list[Row]:
        """Reviews of the next seven days; of more, up to `longest`, where they are known.

        Of today, those that the head says.
        """
        today = self.today
        forecast = [today.counts.due, *today.forecast[1 : max(DAYS, longest)]]
        rows: list[Row] = [[Piece(f"Reviews due, next {len(forecast)} days", "row--heading")]]
        if not any(forecast):
            words = "None yet. Each answer says when its question comes back."
            return rows + self.wrapped(words, width, "row--muted")
        most, room = max(forecast), max(1, width - 7 - 5)
        for ahead, count in enumerate(forecast):
            name = "today" if ahead == 0 else weekday_name(today.day + ahead)[:3]
            if ahead >= DAYS:
                name += f" {day_of_month(today.day + ahead)}"
            drawn = bar(count / most, room, self.terminal)
            style = "row--accent" if ahead == 0 else "row--bar"
            rows.append([Piece(f"{name:7}"), Piece(f"{drawn:{room}}", style), Piece(f"{count:5}")])
        return rows

    def _new(self, width: int, most: int) -> list[Row]:
        terms = self.today.new_terms
        if not terms:
            return []
        shown = terms[: max(1, most)]
        heading = [Piece("New today", "row--heading")]
        if len(shown) < len(terms):
            heading.append(Piece(f"  the first {len(shown)} of {len(terms)}", "row--muted"))
        rows: list[Row] = [heading]
        names = [self.terminal.text(short_title(each.title)) for each in shown]
        widest = min(max(map(columns, names)), width // 2)
        for each, name in zip(shown, names, strict=True):
            title = self.cut([Piece(name, "row--strong", call("open_card", each.term))], widest)
            reason = self.cut([Piece(_why_new(each), "row--muted")], width - widest - 2)
            rows.append([*padded(title, widest + 2), *reason])
        return rows

    def _weakest(self) -> list[Weak]:
        return [each for each in self.today.weakest if each.mastery < _WELL_KNOWN]

    def _weak(self, width: int, most: int) -> list[Row]:
        weakest = self._weakest()
        if not weakest:
            return []
        about = Piece("  chance of recall" if width >= _LABELLED else "  recall", "row--muted")
        rows: list[Row] = [self.cut([Piece("Weakest now", "row--heading"), about], width)]
        shown = weakest[: max(1, most)]
        leeches = {leech.term for leech in self.today.leeches}
        names = [self.terminal.text(short_title(each.title)) for each in shown]
        room = 10 if width >= 34 else 0  # of the bar, and a space behind it
        widest = min(max(map(columns, names)), width - room - 9)
        for each, name in zip(shown, names, strict=True):
            title = self.cut([Piece(name, "row--strong", call("open_card", each.id))], widest)
            row = padded(title, widest + 2)
            if room:
                reached, missing = meter(each.mastery, room - 1, self.terminal)
                row += [Piece(reached, "row--bar"), Piece(missing, "row--faint"), Piece(" ")]
            chance = percent(each.mastery) if each.mastery else "again"  # in its steps
            row.append(Piece(f"{chance:>5}"))
            if each.id in leeches:
                row.append(Piece(" " + self.terminal.glyph("trouble"), "row--bad"))
            rows.append(row)
        return rows

    def _notes(self, width: int) -> list[Row]:
        today, rows = self.today, list[Row]()
        if today.saved:
            rows += self._note(width, "Saved", str(today.saved))
        if today.so_far.answered:
            rows += self._note(width, "Today", f"{_answered(today.so_far)}.")
        if today.last:
            ago = today.day - today.last.day
            when = "Yesterday" if ago == 1 else weekday_name(today.last.day) if ago < 7 else "Last"
            text = _answered(today.last)
            if when == "Last":
                text += f", on {day_in_words(today.last.day)}"
            rows += self._note(width, when, f"{text}. {certainty_in_words(*today.certainty)}".rstrip())
        if today.backlog:
            rows += self._note(width, "Overdue", backlog_in_words(today.backlog, today.day))
        elif today.counts.backlog > today.counts.due:
            now, later = today.counts.due, today.counts.backlog - today.counts.due
            text = f"{now + later} reviews are due. The day's limit leaves {later} of them for tomorrow."
            rows += self._note(width, "Waiting", text)
        for leech in today.leeches[:2]:
            rows += self._leech(width, leech)
        for aside in today.aside[:1]:
            rest = len(today.aside) - 1
            more = f" ({rest} more: mlterms doctor)" if rest else ""
            rows += self._note(width, "Not asked", f"{aside.question}: {aside.reason}{more}")
        return rows

    def _leech(self, width: int, leech: Leech) -> list[Row]:
        text = f"{leech.title}, forgotten {leech.lapses} times."
        if leech.contrast:
            text += f" Often confused with {' or '.join(link.title for link in leech.contrast[:2])}."
        rows = self._note(width, f"Slipping {self.terminal.glyph('trouble')}", text)
        run = call("open_demo", leech.demo, deck_of(leech.term))
        ways = [Piece("Watch its demo", "row--strong", run), Piece("  ")] if leech.demo else []
        ways.append(Piece("What may help", "row--strong", "app.marked"))
        if width_of(rows[-1]) + 1 + width_of(ways) <= width:
            rows[-1] = [*rows[-1], Piece(" "), *ways]
        else:
            rows.append([Piece(" " * _LABEL), *ways])
        return rows

    def _note(self, width: int, label: str, text: str) -> list[Row]:
        lines = wrap(self.terminal.text(text), width - _LABEL)
        heads = [f"{label:{_LABEL}}", *[" " * _LABEL] * (len(lines) - 1)]
        return [[Piece(head, "row--muted"), Piece(line)] for head, line in zip(heads, lines, strict=True)]


def _why_new(term: NewTerm) -> str:
    """How much of it was asked before; of a term that was not started, what must be learned before it."""
    if term.learned:
        return f"{term.learned} of {term.total} asked so far"
    if term.new_needs:
        return f"needs {', '.join(map(short_title, term.new_needs))}"
    return "needs nothing new" if term.known_needs else "needs no other term"


def _answered(day: DayTotals) -> str:
    """How many answers a day has, how many of them were right, and how many were practice."""
    practice = f"; {day.cram} of them in practice" if day.cram else ""
    return f"{day.answered} answered, {day.right} right{practice}"


def _shares(first: int, second: int, room: int) -> tuple[int, int]:
    """How many of `room` rows two lists get that have `first` and `second` rows."""
    half = (room + 1) // 2
    if first <= half:
        return first, min(second, room - first)
    if second <= room - half:
        return min(first, room - second), second
    return half, room - half
