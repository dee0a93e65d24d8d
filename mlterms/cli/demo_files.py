"""Finds demos by name, first in the bundle, then in the learner's decks. Runs none of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mlterms.base.errors import CallError
from mlterms.base.nearest import nearest
from mlterms.base.paths import bundle
from mlterms.base.text import one_line, place_of_match
from mlterms.demo.load import DemoInfo, demo_path, list_demos

if TYPE_CHECKING:
    from mlterms.demo.load import Demo
    from mlterms.store.workspace import Workspace


def every_demo(workspace: Workspace) -> list[DemoInfo]:
    """All demos, sorted by name, as `in_study_order` names them."""
    return sorted((info for _, info in in_study_order(workspace)), key=lambda info: info.name)


def in_study_order(workspace: Workspace) -> list[tuple[str, DemoInfo]]:
    """All demos by topic, in the study order of their terms, each with the title of its topic. Broken ones,
    which have none, come last.

    A name that two decks have is that of the first deck, and the other one is called `deck:name`.
    """
    rows = {row.path: row for row in workspace.index.demos()}
    place = {path: number for number, path in enumerate(rows)}
    found: dict[str, DemoInfo] = {}
    for root in (bundle(), *workspace.config.decks):
        for info in list_demos(root / "demos"):
            deck = rows[info.path].deck if info.path in rows else root.name
            name = info.name if info.name not in found else f"{deck}:{info.name}"
            found.setdefault(name, replace(info, name=name))
    every = sorted(found.values(), key=lambda info: (place.get(info.path, len(place)), info.name))
    return [(rows[info.path].topic if info.path in rows else "", info) for info in every]


def search_demos(workspace: Workspace, words: str) -> list[tuple[str, DemoInfo]]:
    """The demos in whose name, terms, topic or text all of the words are, each with its topic's title; those
    first where the name has them, then those where the terms have them, and so on.
    """
    names = {row.path: row.names for row in workspace.index.demos()}
    found = []
    for topic, info in in_study_order(workspace):
        terms = " ".join((*info.terms, *names.get(info.path, ())))
        place = place_of_match(words, f"{info.name} {info.title}", terms, topic, info.about)
        if place is not None:
            found.append((place, topic, info))
    return [(topic, info) for _, topic, info in sorted(found, key=lambda each: each[0])]


def find_demo(workspace: Workspace, name: str) -> Path:
    """The file of the demo of that name, or `deck:name`; spaces and capitals do not matter.

    CallError names the nearest.
    """
    wanted = "-".join(name.lower().replace("_", " ").split())
    for root in (bundle(), *workspace.config.decks):
        path = demo_path(root / "demos", wanted)
        if path is not None:
            return path
    every = every_demo(workspace)
    paths = {info.name: info.path for info in every}
    paths |= {f"{row.deck}:{row.name}": row.path for row in workspace.index.demos()}
    if wanted in paths:
        return Path(paths[wanted])
    near = nearest(wanted, [info.name for info in every])
    hint = f"did you mean {one_line(near)}?" if near else "`mlterms demo` lists them"
    raise CallError(f"there is no demo {one_line(name)[:40]!r}; {hint}")


def load(path: Path) -> Demo:
    """Load a demo, if its folder is trusted. Raises MltermsError that says why not, or what is wrong."""
    from mlterms.base.trust import read_trusted
    from mlterms.demo.load import load_demo

    return load_demo(path, read_trusted(path))
