"""`mlterms new TERM`: a card from a template, in the right place, opened in the editor."""

from __future__ import annotations

from pathlib import Path

import click

from mlterms.base.errors import CallError
from mlterms.cli.say import say
from mlterms.store.workspace import Workspace


@click.command(short_help="Write a new card.")
@click.argument("term", nargs=-1, required=True)
@click.option("--deck", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help="In which deck.")
@click.option("--topic", metavar="ID", default="", help="Its topic; else the first one of the deck.")
@click.option("--path", "only_path", is_flag=True, help="Write the card and print its file; open no editor.")
@click.pass_obj
def command(
    workspace: Workspace, term: tuple[str, ...], folder: Path | None, topic: str, only_path: bool
) -> None:
    """Write the card of a new TERM, such as "learning rate", from a template, and open it in your editor.

    It goes into the deck in whose folder you are, or into your only deck. `mlterms deck new FOLDER` makes a
    deck. What the template leaves as … is not asked until you have written it.

    How to write a card is in content/README.md, how to write a demo in demos/README.md, both in the folder
    that `mlterms doctor` calls cards.
    """
    from mlterms.base.atomic import write_whole
    from mlterms.base.files import explain_write_errors
    from mlterms.cli.editor import check_editor, edit_file
    from mlterms.glossary.deck import deck_at, read_deck_file
    from mlterms.glossary.names import kebab
    from mlterms.glossary.template import new_card

    title = " ".join(" ".join(term).split())
    name = kebab(title)
    if not name:
        raise CallError(f"{title!r} has no letters for the name of a file")
    root = folder or deck_at(Path.cwd()) or _only_deck(workspace.config.decks)
    deck, problems = read_deck_file(root)
    if deck is None:
        raise CallError(str(problems[0]))
    if topic and deck.topics and topic not in deck.topics:
        raise CallError(f"{deck.title} has no topic {topic!r}; it has {', '.join(deck.topics)}")
    path = root / "content" / f"{name}.md"
    if path.exists():
        raise CallError(f"{path} is there already; `mlterms edit {name}` opens it")
    if not only_path:
        check_editor()
    topic = topic or next(iter(deck.topics), "general")
    with explain_write_errors(path):
        write_whole(path, new_card(title, topic).encode())
    say(str(path))
    if not only_path:
        edit_file(workspace, path)


def _only_deck(decks: tuple[Path, ...]) -> Path:
    if len(decks) == 1:
        return decks[0]
    if decks:
        raise CallError(f"you have several decks: name one with --deck, such as {decks[0]}")
    raise CallError("you have no deck of your own yet; `mlterms deck new FOLDER` makes one")
