"""Days in words for people, and as dates for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.date_names import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from datetime import date


def date_of(day: int) -> date:
    """The date of a logical day."""
    from datetime import date

    return date.fromordinal(date(1970, 1, 1).toordinal() + day)


def weekday_name(day: int) -> str:
    """`Friday`."""
    return WEEKDAYS[(day + 3) % 7]  # day 0 was a Thursday


def day_in_words(day: int, today: int | None = None) -> str:
    """`Friday 20 November`, with the year if it is another one than that of `today`."""
    return f"{weekday_name(day)} {date_in_words(day, today)}"


def date_in_words(day: int, today: int | None = None) -> str:
    """`20 November`, with the year if it is another one than that of `today`."""
    then = date_of(day)
    words = f"{then.day} {MONTHS[then.month - 1]}"
    is_near = today is None or date_of(today).year == then.year
    return words if is_near else f"{words} {then.year}"


def day_of_month(day: int) -> int:
    """`20` of 20 November."""
    return date_of(day).day


def iso_date(day: int) -> str:
    """`2026-11-20`."""
    return date_of(day).isoformat()


def days_ahead(days: int) -> str:
    """`tomorrow`, `in 3 days`."""
    return "tomorrow" if days == 1 else f"in {days} days"
