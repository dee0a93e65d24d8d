"""What the shell offers on TAB: terms and topics, from the index."""

from __future__ import annotations

import click

from mlterms.store.workspace import Workspace


def complete_terms(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The ids of terms that begin with what was typed."""
    with Workspace() as workspace:
        return sorted({term.name for term in workspace.index.terms() if term.name.startswith(incomplete)})


def complete_topics(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The ids of topics that begin with what was typed."""
    with Workspace() as workspace:
        return sorted({topic.id for topic in workspace.index.topics() if topic.id.startswith(incomplete)})
