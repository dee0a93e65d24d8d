"""What the shell offers on TAB: terms and demos, from the index."""

from __future__ import annotations

import click

from mlterms.store.desk import Desk


def complete_terms(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The ids of terms that begin with what was typed."""
    with Desk() as desk:
        names = (term.id.partition(":")[2] for term in desk.index.terms())
        return sorted(name for name in names if name.startswith(incomplete))


def complete_demos(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names of demos that begin with what was typed."""
    with Desk() as desk:
        return sorted(demo.name for demo in desk.index.demos() if demo.name.startswith(incomplete))
