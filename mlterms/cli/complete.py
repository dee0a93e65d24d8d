"""What the shell completes on TAB: terms, topics, decks, backups and trusted folders."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, FishComplete

from mlterms.store.workspace import Workspace


class Fish(FishComplete):
    """click's completion for fish, whose script cuts a description at its first comma."""

    def format_completion(self, item: CompletionItem) -> str:
        item.help = item.help.replace(",", ";") if item.help else item.help
        return super().format_completion(item)


def complete_terms(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of terms that begin with what was typed, with their titles."""
    with Workspace() as workspace:
        titles = {term.name: term.title for term in workspace.index.terms()}
    return [CompletionItem(name, help=titles[name]) for name in sorted(titles) if name.startswith(incomplete)]


def complete_backups(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The files of the backups, the newest first; else any file."""
    from mlterms.store.log.backup import backups_and_rescued

    with Workspace(ctx.find_root().params.get("database")) as workspace:
        kept = [str(backup.path) for backup in backups_and_rescued(workspace.path)]
    found = [path for path in kept if path.startswith(incomplete)]
    return [CompletionItem(path) for path in found] or [CompletionItem(incomplete, type="file")]


def complete_trusted(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The folders that are trusted."""
    from mlterms.base.trust import trusted

    return [str(entry.path) for entry in trusted() if str(entry.path).startswith(incomplete)]


def complete_decks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of the learner's own decks with their titles, or the folders if a folder is being typed or the
    deck cannot be read."""
    from mlterms.glossary.deck import read_deck_file

    with Workspace() as workspace:
        decks = {root: read_deck_file(root)[0] for root in workspace.config.decks}
    is_folder = incomplete.startswith((".", "/", "~"))
    found = [
        (deck.id if deck and not is_folder else str(root), deck.title if deck else None)
        for root, deck in decks.items()
    ]
    return [CompletionItem(name, help=title) for name, title in found if name.startswith(incomplete)]


def complete_topics(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The ids of topics that begin with what was typed."""
    with Workspace() as workspace:
        return sorted({topic.id for topic in workspace.index.topics() if topic.id.startswith(incomplete)})
