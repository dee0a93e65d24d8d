"""Errors in how a command was called, in our words and not in those of click."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click
from click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError

from mlterms.base.nearest import nearest

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_NO_COMMAND = re.compile(r"No such command '(.*)'")
_A_DAY = "2027-03-31"
_OUT_OF_RANGE = re.compile(r"(.+) is not in the range ")


def explain_call(error: click.ClickException) -> str:
    """One sentence, without a full stop."""
    if isinstance(error, NoSuchOption):
        return _unknown("option", error.option_name, _options(error.ctx))
    if isinstance(error, MissingParameter):
        return f"{_name(error)} is missing{_of_which(error.param)}{_example(error)}"
    if isinstance(error, BadOptionUsage) and error.message.endswith("requires an argument."):
        return f"{error.option_name} needs a value"
    if isinstance(error, BadParameter):
        return _bad_value(error)
    if extra := _EXTRA.match(error.message):
        return f"{extra[1]!r} is one argument too many"
    if isinstance(error, UsageError) and (name := _NO_COMMAND.match(error.message)):
        group = error.ctx.command if error.ctx else None
        return _unknown("command", name[1], group.commands if isinstance(group, click.Group) else ())
    return _begin_small(error.format_message().rstrip("."))


def _begin_small(sentence: str) -> str:
    """As our own errors begin; a name in capitals stays."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"there is no {what} {name!r}" + (f"; did you mean {near}?" if near else "")


def _options(context: click.Context | None) -> list[str]:
    """The options that can be meant: hidden ones are not suggested."""
    params = context.command.params if context else []
    shown = (param for param in params if isinstance(param, click.Option) and not param.hidden)
    return [name for param in shown for name in param.opts if name.startswith("--")]


def _name(error: BadParameter) -> str:
    """`--minutes`, or of an argument `TERM`."""
    param = error.param
    if isinstance(param, click.Option):
        return param.opts[-1] if not param.opts[0].startswith("--") else param.opts[0]
    if param is None:
        return str(error.param_hint or "a value")
    return (param.name or "").upper()


def _of_which(param: click.Parameter | None) -> str:
    kind = param.type if param is not None else None
    return f": {_either(kind.choices)}" if isinstance(kind, click.Choice) else ""


def _example(error: MissingParameter) -> str:
    """How to call it with the day that is missing: `; for example: mlterms plan --by 2027-03-31`."""
    if error.ctx is None or error.param is None or not isinstance(error.param.type, click.DateTime):
        return ""
    return f"; for example: {error.ctx.command_path} {_name(error)} {_A_DAY}"


def _either(names: Iterable[str]) -> str:
    *most, last = map(str, names)
    return f"{', '.join(most)} or {last}" if most else last


def _bad_value(error: BadParameter) -> str:
    name, message = _name(error), error.message.rstrip(".")
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.IntRange | click.FloatRange) and _value_in(message):
        return f"{name} must be {_range_in_words(kind)}, not {_value_in(message)}"
    if isinstance(kind, click.Choice) and _value_in(message):
        return f"{name} must be {_either(kind.choices)}, not {_value_in(message)}"
    if isinstance(kind, click.DateTime) and _value_in(message):
        return f"{name} must be a date like {_A_DAY}, not {_value_in(message)}"
    return f"{name}: {_begin_small(_with_folders(message))}"


def _with_folders(message: str) -> str:
    """A message of click about a path, in which a directory is a folder."""
    message = re.sub(r"File (.*) is a directory$", r"\1 is a folder, not a file", message)
    message = re.sub(r"Directory (.*) is a file$", r"\1 is a file, not a folder", message)
    return re.sub(r"^(?:File|Directory|Path) (.*) does not exist$", r"there is no \1", message)


def _value_in(message: str) -> str:
    """The value that click quotes at the beginning of its message; "" where the message is not click's."""
    if found := _OUT_OF_RANGE.match(message):
        return found[1].removesuffix(".0")
    return found[0] if (found := re.match(r"'.*?'(?= (?:is|does) not )", message)) else ""


def _range_in_words(kind: click.IntRange | click.FloatRange) -> str:
    what = "a whole number" if isinstance(kind, click.IntRange) else "a number"
    low, high = kind.min, kind.max
    if low is None and high is None:
        return what
    if high is None:
        return f"{what} from {low:,} on"
    return f"{what} up to {high:,}" if low is None else f"{what} from {low:,} to {high:,}"
