"""The pictures of Progress as rows of text, with their numbers beside them, for the app and the shell.

The app gives each role its colour, and the shell prints the text alone: nothing is said by colour only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from mlterms.base.date_names import SHORT_MONTHS, WEEKDAYS
from mlterms.base.percent import percent
from mlterms.base.plurals import count_of
from mlterms.base.text_columns import columns, cut, wrap
from mlterms.memory.days import weekday
from mlterms.progress.acts import Act, help_weak
from mlterms.progress.calibration import Calibration, Level
from mlterms.progress.figures import between, why_weak
from mlterms.progress.proportion import Proportion
from mlterms.progress.recalled import Recalled, date_of
from mlterms.progress.report import Report
from mlterms.progress.year import LEVELS, WEEKS, Year
from mlterms.quiz.term_details import day_in_short
from mlterms.quiz.words import short_title
from mlterms.store.mastery import LATER

Role = Literal["", "muted", "bar", "faint", "strong", "accent", "button", "bad"]


class Span(NamedTuple):
    """A part of a row. act: what it does when it is chosen, if anything."""

    text: str
    role: Role = ""
    act: Act | None = None


Spans = list[Span]

_LABEL = 12  # columns of the label before a bar
_MOST_BAR = 40  # columns
_SPARKS = ("▁▂▃▄▅▆▇█", ".,:;+*%#")
_HEAT = ("·░▒▓█", ".-+*#")
_WEEKDAYS = tuple(name[:2] for name in WEEKDAYS)


def picture_of(name: str, report: Report, width: int, is_ascii: bool) -> list[Spans]:
    """The rows of the figure of that name, at most `width` columns wide (56 or more)."""
    rows = {
        "recalled": _recalled,
        "minutes": _minutes,
        "expected": _expected,
        "weakest": _weakest,
        "year": _year,
        "calibration": _calibration,
        "beliefs": _beliefs,
        "beginnings": _no_picture,
    }[name](report, width, is_ascii)
    return [row for row in rows if row]


def month_rows(recalled: Recalled) -> list[Spans]:
    """What was recalled in each month, young and mature questions apart; the newest month first. At most
    56 columns wide."""
    rows = [[Span(f"{'':10}{'all':>15}{'young':>15}{'mature':>15}", "muted")]]
    for month in reversed(recalled.months):
        parts = "".join(f"{_share_of(part):>15}" for part in (month.all, month.young, month.mature))
        rows.append([Span(f"{SHORT_MONTHS[month.month - 1]} {month.year}".ljust(10), "strong"), Span(parts)])
    return rows


def _share_of(part: Proportion) -> str:
    return f"{percent(part.share)} of {part.of:,}" if part.of else "none"


def _recalled(report: Report, width: int, is_ascii: bool) -> list[Spans]:
    last = report.recalled.last
    if report.recalled.verdict == "few":
        return []
    return [
        _bar("recalled", last.share, f"{percent(last.share)}  {between(last)}", width, is_ascii),
        _bar("asked for", report.recalled.asked_for, percent(report.recalled.asked_for), width, is_ascii),
    ]


def _expected(report: Report, width: int, is_ascii: bool) -> list[Spans]:
    started, now, later, _ = report.expected
    if not started:
        return []
    rows = []
    for label, expected in (("now", now), (f"in {LATER} days", later)):
        share = round(expected) / started  # of the whole number beside it
        numbers = f"{round(expected):,} of {started:,}, {percent(share)}"
        rows.append(_bar(label, share, numbers, width, is_ascii))
    return rows


def _bar(label: str, share: float, numbers: str, width: int, is_ascii: bool) -> Spans:
    room = min(_MOST_BAR, width - _LABEL - 24)
    full = round(share * room)
    return [
        Span(f"{label:{_LABEL}}", "muted"),
        Span(("#" if is_ascii else "▆") * full, "bar"),
        Span(("-" if is_ascii else "·") * (room - full), "faint"),
        Span(f"  {numbers}"),
    ]


def _minutes(report: Report, width: int, is_ascii: bool) -> list[Spans]:
    """A column for each day: the last two weeks, and below them the next two, on the same weekdays."""
    minutes = report.minutes
    most = max(1.0, *minutes.past, *(each.mean for each in minutes.ahead))
    cell = max(3, len(f"{max(most, *(each.high for each in minutes.ahead)):.0f}") + 1)
    count = min(len(minutes.ahead), (width - _LABEL) // cell)
    past, ahead = minutes.past[-count:], minutes.ahead[:count]

    def line(label: str, texts: Sequence[str], role: Role) -> Spans:
        return [Span(f"{label:{_LABEL}}", "muted"), Span("".join(f"{text:>{cell}}" for text in texts), role)]

    def days(first: int) -> Spans:
        return line("", [_WEEKDAYS[(weekday(report.day) + first + day) % 7] for day in range(count)], "muted")

    rows = []
    if any(past):
        rows += [
            days(-count),
            line("last days", [_spark(each / most, is_ascii) for each in past], "bar"),
            line("minutes", [f"{each:.0f}" for each in past], ""),
        ]
    return [
        *rows,
        days(0),
        line("expected", [_spark(each.mean / most, is_ascii) for each in ahead], "bar"),
        line("minutes", [f"{each.mean:.0f}" for each in ahead], ""),
        line("at least", [f"{each.low:.0f}" for each in ahead], "muted"),
        line("at most", [f"{each.high:.0f}" for each in ahead], "muted"),
    ]


def _spark(share: float, is_ascii: bool) -> str:
    """Two columns whose height is that share of the highest; nothing for 0."""
    sparks = _SPARKS[is_ascii]
    return "" if share <= 0 else sparks[min(len(sparks) - 1, int(share * len(sparks)))] * 2


def _weakest(report: Report, width: int, is_ascii: bool) -> list[Spans]:
    """Each term with its share, the cause and what helps, in as few rows as there is room for."""
    titles = [short_title(term.title) for term in report.weakest]
    widest = min(max(map(columns, titles), default=0), width - 10)
    rows: list[Spans] = []
    for term, title in zip(report.weakest, titles, strict=True):
        act, read = help_weak(term), Act(title, "open_card", "", (term.id,))
        rows.append([Span(cut(title, widest), "strong", read), Span(" " * (widest - columns(title)))])
        for part in (
            Span(f"{percent(term.known):>4}"),
            Span(cut(why_weak(term), width - 2), "muted"),
            Span(cut(f" {act.label} ", width - 2), "button", act),
        ):
            if sum(columns(span.text) for span in (*rows[-1], part)) + 2 > width:
                rows.append([])
            rows[-1] += [Span("  "), part]
    return rows


def _year(report: Report, width: int, is_ascii: bool) -> list[Spans]:
    """Weeks from left to right, weekdays from top to bottom."""
    year, glyphs = report.year, _HEAT[is_ascii]
    if not year.studied:
        return []
    size = 2 if width >= 2 * WEEKS + 3 else 1
    rows = [_months_above(year, size)]
    for day in range(7):
        minutes = year.minutes[day::7]
        row = [Span(f"{_WEEKDAYS[day] if day % 2 == 0 else '':3}", "muted")]
        row += [Span(glyphs[year.level(each)].ljust(size), "bar" if each else "faint") for each in minutes]
        rows.append(row)
    steps = [f"{glyphs[level + 1]} <{bound}" for level, bound in enumerate(year.bounds)]
    legend = [f"minutes: {glyphs[0]} 0", *steps, f"{glyphs[LEVELS]} {year.bounds[-1]} or more"]
    return [*rows, [Span("  ".join(legend), "muted")]]


def _months_above(year: Year, size: int) -> Spans:
    """The name of each month above the week in which it begins, where there is room."""
    line = ""
    before = 0
    for week in range(WEEKS):
        month = date_of(year.first + 7 * week + 6).month
        if month != before and week and len(line) <= week * size:
            line = line.ljust(week * size) + SHORT_MONTHS[month - 1] + " "
        before = month
    return [Span(f"{'':3}{line[: WEEKS * size]}".rstrip(), "muted")]


def _calibration(report: Report, width: int, is_ascii: bool) -> list[Spans]:
    calibration = report.calibration
    if not calibration.answers:
        return []
    rows = [_level(level, width) for level in reversed(calibration.levels)]
    drawn = [level for level in reversed(calibration.levels) if level.is_drawn]
    if drawn:
        room = min(_MOST_BAR, width - 2 * _LABEL)
        rows.append(
            [Span(f"{'':{_LABEL + 1}}{'0%':<{room // 2}}{'50%':<{room - room // 2 - 3}}100%", "muted")]
        )
        scales = [_on_a_scale(level, room, is_ascii) for level in drawn]
        point, expected = ("o", "x") if is_ascii else ("●", "◇")
        legend = f"{point} right"
        if any(expected in span.text for scale in scales for span in scale):  # it may be below the other one
            legend += f", {expected} expected by the scheduler"
        rows += [*scales, [Span(f"{'':{_LABEL + 1}}{legend}", "muted")]]
    return [*rows, *_brier(calibration, width)]


def _level(level: Level, width: int) -> Spans:
    counted = level.counted
    times = "time " if counted.of == 1 else "times"
    text = f"{level.name:{_LABEL}}{counted.of:>6,} {times}{counted.right:>7,} right"
    if level.is_grey:
        return [Span(text, "muted")]
    text += f"{percent(counted.share):>6}  {between(counted)}"
    if level.expected is not None and width >= 80:
        text += f"  scheduler expected {percent(level.expected)}"
    return [Span(text)]


def _on_a_scale(level: Level, room: int, is_ascii: bool) -> Spans:
    """How often a level was right, with its interval, and what the scheduler expected."""
    cells = [" "] * (room + 1)
    low, high = level.counted.interval
    for at in range(round(low * room), round(high * room) + 1):
        cells[at] = "-" if is_ascii else "─"
    if level.expected is not None:
        cells[round(level.expected * room)] = "x" if is_ascii else "◇"
    cells[round(level.counted.share * room)] = "o" if is_ascii else "●"
    edge = Span("|" if is_ascii else "│", "faint")
    return [Span(f"{level.name:{_LABEL}}", "muted"), edge, Span("".join(cells), "bar"), edge]


def _beliefs(report: Report, width: int, is_ascii: bool) -> list[Spans]:
    rows: list[Spans] = []
    for belief in report.believed:
        title = short_title(belief.title)
        day = f"{day_in_short(belief.day, report.day):>8}  "
        room = width - len(day) - columns(title) - 2
        read = Act(title, "open_card", "", (belief.term,))
        rows.append(
            [Span(day, "muted"), Span(title, "strong", read), Span(f'  "{cut(belief.about, room - 2)}"')]
        )
    return rows


def _no_picture(report: Report, width: int, is_ascii: bool) -> list[Spans]:
    """Of a figure whose sentence has all numbers."""
    return []


def _brier(calibration: Calibration, width: int) -> list[Spans]:
    if calibration.learner is None or calibration.scheduler is None:
        return []
    scores = f"you {calibration.learner:.3f}, scheduler {calibration.scheduler:.3f}"
    of = (
        f"Brier score of {count_of(calibration.compared, 'review')}: the mean of the squared distance between"
        " the chance that was given and what happened, 1 for right and 0 for wrong. 0 is perfect."
    )
    return [[Span(line, "muted")] for line in (*wrap(of, width), f"  {scores}")]
