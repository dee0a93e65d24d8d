"""The settings: what each does, how its values are written and read, and where it is saved.

Settings that affect scheduling are events in the log; the others are lines of config.toml. The app and the
command line both use this table. Keys are not in it: they are checked where the actions are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlterms.base.config import GUESS_FIRST
from mlterms.base.date_names import SHORT_WEEKDAYS
from mlterms.base.errors import CallError
from mlterms.base.nearest import nearest
from mlterms.base.paths import parse_path
from mlterms.base.theme_names import THEMES
from mlterms.memory.days import DAY_SECONDS
from mlterms.memory.policy import HIGHEST_RETENTION, LONGEST_INTERVAL, LOWEST_RETENTION
from mlterms.store.log.settings import MOST_PER_DAY

if TYPE_CHECKING:
    from mlterms.store.workspace import Workspace

_MANY = 5  # options: an error names only the nearest
_WITH_COMMAS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")  # 36,500
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": DAY_SECONDS}


@dataclass(frozen=True, slots=True)
class Preference:
    """One setting.

    sentence: what it does. example: a value as one writes it. read: returns the value of such a text, or
    raises CallError with the reason. write: the inverse of `read`. options: all values, if there are few.
    scheduled: it affects scheduling and is in the log.
    """

    name: str
    title: str
    sentence: str
    example: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    options: tuple[str, ...] = ()
    scheduled: bool = True


def _whole(what: str, low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = text.strip()
        try:
            return int(number.replace(",", "") if _WITH_COMMAS.fullmatch(number) else number)
        except ValueError:
            raise CallError(
                f"{what} must be a whole number from {low:,} to {high:,}, not {text.strip()!r}"
            ) from None

    return read


def _write_whole(number: int) -> str:
    return f"{number:,}"


def _read_retention(text: str) -> float:
    number = text.strip().removesuffix("%").strip()
    try:
        value = float(number.replace(",", "."))  # a decimal comma, as in an answer
    except ValueError:
        raise CallError(
            f"desired retention must be from {LOWEST_RETENTION:.2f} to {HIGHEST_RETENTION:.2f}, "
            f"written like 0.9 or 90%, not {text.strip()!r}"
        ) from None
    return value / 100 if text.strip().endswith("%") else value


def _read_hour(text: str) -> int:
    found = re.fullmatch(r"(\d{1,2})(?::00)?", text.strip())
    if not found:
        raise CallError(f"the hour must be a full hour from 0 to 23, like 4 or 4:00, not {text.strip()!r}")
    return int(found[1])


def _read_steps(text: str) -> tuple[int, ...]:
    words = text.replace(",", " ").split()
    if words in (["none"], []):
        return ()
    steps = []
    for word in words:
        found = re.fullmatch(r"(\d{1,9})([smhd])", word)
        if not found:
            raise CallError(
                f"write steps like 1m 10m or 1d (s, m, h, d), not {word!r}; write none for no steps"
            )
        steps.append(int(found[1]) * _UNITS[found[2]])
        if not steps[-1]:
            raise CallError(f"a step must be at least 1s, not {word}")
        if steps[-1] > DAY_SECONDS and steps[-1] % DAY_SECONDS:
            raise CallError(f"a step longer than a day must be in whole days, like 2d, not {word}")
    if steps != sorted(set(steps)):
        raise CallError(
            f"each step must be longer than the one before: write {_write_steps(tuple(sorted(set(steps))))}"
        )
    return tuple(steps)


def _write_steps(steps: tuple[int, ...]) -> str:
    return " ".join(map(_step, steps)) or "none"


def _step(seconds: int) -> str:
    unit = max((unit for unit, length in _UNITS.items() if seconds % length == 0), key=_UNITS.__getitem__)
    return f"{seconds // _UNITS[unit]}{unit}"


def _read_days(text: str) -> tuple[int, ...]:
    words = text.replace(",", " ").split()
    if words in (["none"], []):
        return ()
    days = []
    for word in words:
        day = word[:3].capitalize()
        if len(word) < 3 or day not in SHORT_WEEKDAYS:
            raise CallError(f"write weekdays like {' '.join(SHORT_WEEKDAYS[5:])}, not {word!r}; or none")
        days.append(SHORT_WEEKDAYS.index(day))
    return tuple(days)


def _write_days(days: tuple[int, ...]) -> str:
    return " ".join(SHORT_WEEKDAYS[day] for day in days) or "none"


def _one_of(what: str, options: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip() in options:
            return text.strip()
        if len(options) < _MANY:
            raise CallError(f"write {', '.join(options[:-1])} or {options[-1]}, not {text.strip()!r}")
        from difflib import get_close_matches

        near = get_close_matches(text.strip(), options, n=3, cutoff=0.4) or options[:4]
        raise CallError(f"there is no {what} {text.strip()!r}; the nearest: {', '.join(near)}")

    return read


def _read_switch(text: str) -> bool:
    word = text.strip().lower()
    if word in ("on", "yes", "true", "1"):
        return True
    if word in ("off", "no", "false", "0"):
        return False
    raise CallError(f"write on or off, not {text.strip()!r}")


def _write_switch(value: bool) -> str:
    return "on" if value else "off"


def _read_decks(text: str) -> tuple[Path, ...]:
    """Folders separated by semicolons, each with a deck in it."""
    folders = []
    for word in text.split(";"):
        if word.strip() in ("", "none"):
            continue
        folder = parse_path(word.strip()).absolute()
        if not (folder / "content" / "deck.toml").is_file():
            raise CallError(f"{folder} is not a deck: it has no {Path('content', 'deck.toml')}")
        folders.append(folder)
    return tuple(folders)


def _write_decks(decks: tuple[Path, ...]) -> str:
    return "; ".join(map(str, decks)) or "none"


def _switch(name: str, title: str, sentence: str) -> Preference:
    return Preference(
        name, title, sentence, "on", _read_switch, _write_switch, ("off", "on"), scheduled=False
    )


_ALL = (
    Preference(
        "desired_retention",
        "desired retention",
        "The chance that you still know an answer on the day it comes back. A higher chance costs more "
        "reviews: at 0.95 the intervals are less than half as long as at 0.9.",
        "0.9",
        _read_retention,
        lambda value: f"{value:g}",
    ),
    Preference(
        "new_per_day",
        "new questions a day",
        "At most this many new questions a day. Each comes back several times in its first days.",
        "10",
        _whole("the number of new questions", 0, MOST_PER_DAY),
        _write_whole,
    ),
    Preference(
        "reviews_per_day",
        "reviews a day",
        "At most this many reviews a day. The others wait for the next day.",
        "200",
        _whole("the number of reviews", 0, MOST_PER_DAY),
        _write_whole,
    ),
    Preference(
        "overdue_per_day",
        "overdue reviews a day",
        "The most reviews a day that were due on an earlier day. After time away, what is most worth saving "
        "comes first, and the rest is spread over the next days.",
        "60",
        _whole("the number of overdue reviews", 0, MOST_PER_DAY),
        _write_whole,
    ),
    Preference(
        "rollover_hour",
        "the day begins at",
        "The hour at which your day begins. Answers before it still count for the day before.",
        "4:00",
        _read_hour,
        lambda hour: f"{hour}:00",
    ),
    Preference(
        "learning_steps",
        "learning steps",
        "How long to wait between the first repetitions of a new question, before its intervals are counted "
        "in days.",
        "1m 10m",
        _read_steps,
        _write_steps,
    ),
    Preference(
        "relearning_steps",
        "relearning steps",
        "How long to wait between the first repetitions of a question that you knew and forgot.",
        "10m",
        _read_steps,
        _write_steps,
    ),
    Preference(
        "maximum_interval",
        "maximum interval, days",
        "No question waits longer than this many days, even if you know it well.",
        "365",
        _whole("the maximum interval", 1, LONGEST_INTERVAL),
        _write_whole,
    ),
    Preference(
        "light_days",
        "light days",
        "Weekdays to keep light: reviews land on them only if no other day fits.",
        "Sat Sun",
        _read_days,
        _write_days,
    ),
    _switch(
        "confidence",
        "ask how sure you are",
        "Before the answer is shown, say whether you guessed or are certain. You learn most from the "
        "mistakes you were sure about.",
    ),
    Preference(
        "guess_first",
        "guess before the card",
        "Begin a new term with a guess, before its card is shown. A wrong guess costs nothing. With mixed, "
        "about half of the terms do, drawn at random. Progress then compares the two ways.",
        "mixed",
        _one_of("way to begin", GUESS_FIRST),
        str,
        GUESS_FIRST,
        scheduled=False,
    ),
    Preference(
        "theme",
        "theme",
        "The colours of the app. The ansi themes use those of your terminal.",
        THEMES[0],
        _one_of("theme", THEMES),
        lambda name: name or THEMES[0],
        THEMES,
        scheduled=False,
    ),
    _switch(
        "ascii",
        "ASCII only",
        "Draw with plain ASCII characters, for terminals and fonts that lack the others.",
    ),
    _switch(
        "reduced_motion",
        "reduced motion",
        "Nothing moves by itself. A demo waits until you play it, and then changes twice a second.",
    ),
    Preference(
        "decks",
        "decks",
        "Folders with your own cards, separated by semicolons. Each contains content/deck.toml.",
        "~/cards",
        _read_decks,
        _write_decks,
        scheduled=False,
    ),
)

PREFERENCES = {preference.name: preference for preference in _ALL}
"""The settings by name, in the order in which they are shown."""


def find(name: str) -> Preference:
    """A setting by its name, with hyphens or underscores. Raises CallError that suggests the nearest."""
    found = PREFERENCES.get(name.replace("-", "_"))
    if found is not None:
        return found
    near = nearest(name, PREFERENCES)
    hint = f"did you mean {near}?" if near else f"the settings are {', '.join(PREFERENCES)}"
    raise CallError(f"there is no setting {name!r}; {hint}")


def value_of(preference: Preference, workspace: Workspace) -> Any:
    """The current value."""
    if preference.scheduled:
        return workspace.learner.settings.value(preference.name)
    return getattr(workspace.config, preference.name)


def default_of(preference: Preference) -> Any:
    """The value of a setting that nobody has changed."""
    if preference.scheduled:
        from mlterms.store.log.settings import Settings

        return Settings().value(preference.name)
    from mlterms.base.config import Config

    return getattr(Config(), preference.name)


def checked(preference: Preference, text: str, workspace: Workspace) -> Any:
    """The value that a text means, if it can be combined with all other settings. Raises CallError."""
    if not text.strip() and not preference.options:
        raise CallError(f"{preference.title}: write a value like {preference.example}{_or_none(preference)}")
    value = preference.read(text)
    if preference.scheduled:
        from mlterms.store.log.settings import NAMES, Settings

        others = {name: workspace.learner.settings.value(name) for name in NAMES}
        Settings.of({**others, preference.name: value})
    return value


def _or_none(preference: Preference) -> str:
    """How to write that there is no value, where a setting may have none."""
    try:
        preference.read("none")
    except CallError:
        return ""
    return ", or none"


def change(preference: Preference, text: str | None, workspace: Workspace) -> bool:
    """Save a setting; None resets it to its default. Returns whether anything changed.

    Raises CallError for a text that is not a value, MltermsError if it cannot be saved.
    """
    before = value_of(preference, workspace)
    if preference.scheduled:
        value = None if text is None else checked(preference, text, workspace)
        workspace.learner.change_settings({preference.name: value}, workspace.clock.now())
    else:
        from mlterms.base.config import write_setting

        value = None if text is None else checked(preference, text, workspace)
        write_setting(preference.name, [str(each) for each in value] if isinstance(value, tuple) else value)
        workspace.read_config_again()
    return bool(value_of(preference, workspace) != before)
