"""Terms and questions as JSON and back, for the index and the log: straight into the dataclasses, quickly.

The dataclasses of `types.py` say what there is to write. A field with its default value is left out, so that
a new field changes nothing that was written before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from mlterms.glossary import types
from mlterms.glossary.types import KINDS, Question, Term

Json = dict[str, Any]
Reader = Callable[[Any], Any]


def to_json(item: Term | Question) -> str:
    """`item` as one line of JSON."""
    return json.dumps(to_dict(item, defaults=False), ensure_ascii=False, separators=(",", ":"))


def to_dict(item: Any, leave_out: tuple[str, ...] = (), *, defaults: bool = True) -> Any:
    """`item` as JSON can hold it, with all its fields except `leave_out`.

    defaults: whether fields that have their default value are written, in it and in what it holds.
    """
    if is_dataclass(item):
        content = {"kind": item.kind} if isinstance(item, Question) else {}
        for name, default in _defaults(item.__class__):
            value = getattr(item, name)
            if (defaults or value != default) and name not in leave_out:
                content[name] = to_dict(value, defaults=defaults)
        return content
    if isinstance(item, tuple):
        return [to_dict(each, defaults=defaults) for each in item]
    if isinstance(item, Mapping):
        return {key: to_dict(each, defaults=defaults) for key, each in item.items()}
    return item


def question_from_json(text: str) -> Question:
    """The question that `to_json` wrote."""
    return _read_question(json.loads(text))


def term_from_json(text: str) -> Term:
    """The term that `to_json` wrote."""
    term: Term = _reader_of(Term)(json.loads(text))
    return term


def fingerprint(question: Question) -> str:
    """A short hash of all that a question says; its line in the file and its former ids do not count."""
    from mlterms.base.digest import sha256

    content = to_dict(question, ("line", "was"), defaults=False)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass with their default values; MISSING where there is none."""
    return tuple((each.name, _default(each)) for each in fields(kind))


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _read_question(read: Json) -> Question:
    question: Question = _reader_of(_CLASSES[read.pop("kind")])(read)
    return question


_CLASSES: dict[str, Any] = {kind: getattr(types, kind.title()) for kind in KINDS}


@cache
def _reader_of(kind: Any) -> Reader:
    """A function that builds the dataclass from a JSON object."""
    hints = get_type_hints(kind)
    readers = [(name, reader) for name, hint in hints.items() if (reader := _reader(hint))]
    if not readers:
        return lambda content: kind(**content)

    def read(content: Json) -> Any:
        for name, reader in readers:
            if name in content:
                content[name] = reader(content[name])
        return kind(**content)

    return read


def _reader(hint: Any) -> Reader | None:
    """A function that makes a value of that type from JSON; None where JSON has it already."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint is Question:
        return _read_question
    if isinstance(hint, UnionType):
        return _reader_of_union([part for part in parts if is_dataclass(part)])
    if is_dataclass(hint) and isinstance(hint, type):
        return _reader_of(hint)
    inner = _reader(parts[0 if origin is tuple else -1]) if origin in (tuple, Mapping) else None
    if origin is tuple:
        return (lambda items: tuple([inner(each) for each in items])) if inner else tuple
    if origin is Mapping and inner:
        return lambda items: {key: inner(each) for key, each in items.items()}
    return None


def _reader_of_union(kinds: list[Any]) -> Reader | None:
    """What makes one of several dataclasses, which have no field in common."""
    if not kinds:
        return None
    by_field = {each.name: _reader_of(kind) for kind in kinds for each in fields(kind)}
    return lambda content: by_field[next(iter(content))](content)
