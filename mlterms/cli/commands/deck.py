"""`mlterms deck`: the learner's own folders of cards."""

from __future__ import annotations

from pathlib import Path

import click

from mlterms.base.errors import CallError
from mlterms.base.plurals import count_of
from mlterms.cli.complete import complete_decks
from mlterms.cli.path_type import FilePath
from mlterms.cli.say import say, say_json, talk
from mlterms.store.workspace import Workspace

_FOLDER = FilePath(file_okay=False)


@click.group(short_help="List your own decks, add or remove one, or start a new one.")
def command() -> None:
    """Decks are folders of cards. Their terms are learned beside those that come with mlterms."""


@command.command("list", short_help="List the decks.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each deck.")
@click.pass_obj
def list_decks(workspace: Workspace, as_json: bool) -> None:
    """List the decks in use: id, title, number of terms, folder.

    JSON: id, title, terms, path, trusted.
    """
    from mlterms.base.paths import bundle
    from mlterms.base.trust import trust_in
    from mlterms.glossary.deck import read_deck_file

    counts: dict[str, int] = {}
    for row in workspace.index.terms():
        counts[row.deck] = counts.get(row.deck, 0) + 1
    for root in (bundle(), *workspace.config.decks):
        deck, problems = read_deck_file(root)
        if as_json:
            found = {"id": deck.id if deck else None, "title": deck.title if deck else None}
            terms = counts.get(deck.id, 0) if deck else 0
            say_json({**found, "terms": terms, "path": str(root), "trusted": bool(trust_in(root))})
        elif deck:
            count = counts.get(deck.id, 0)
            say(f"{deck.id}: {deck.title}, {count_of(count, 'term')}, in {root}")
        else:
            say(f"{root} is not in use: {problems[0].message}")


@command.command(short_help="Use a deck.")
@click.argument("folder", type=_FOLDER)
@click.pass_obj
def add(workspace: Workspace, folder: Path) -> None:
    """Learn the deck in FOLDER too. Its Python runs once `mlterms trust FOLDER` allows it."""
    _use(workspace, folder.absolute())


@command.command(short_help="Start a new deck, and use it.")
@click.argument("folder", type=_FOLDER)
@click.option("--title", default="", help="Its title; without it, the name of the folder.")
@click.option("--mine", is_flag=True, help="Trust FOLDER too: you write its Python yourself.")
@click.pass_obj
def new(workspace: Workspace, folder: Path, title: str, mine: bool) -> None:
    """Make a deck in FOLDER, without cards, and use it. `mlterms new TERM` writes the first card.

    Python in its cards and demos runs once the folder is trusted. With --mine it is trusted from now on,
    and stays so when you change it, as with `mlterms trust --mine FOLDER`.
    """
    from mlterms.base.atomic import write_whole
    from mlterms.base.files import explain_write_errors, make_folder
    from mlterms.glossary.names import kebab
    from mlterms.glossary.template import new_deck

    folder = folder.absolute()
    path = folder / "content" / "deck.toml"
    if path.exists():
        raise CallError(f"{path} already exists; `mlterms deck add {folder}` uses it")
    title = title or folder.name
    with explain_write_errors(path):
        make_folder(path.parent)
        write_whole(path, new_deck(kebab(title) or "my-deck", title).encode())
    _use(workspace, folder)
    if mine:
        from mlterms.cli.commands.trust import trust_folder

        trust_folder(workspace, folder, mine=True)


@command.command(short_help="Stop using a deck.")
@click.argument("deck", shell_complete=complete_decks)
@click.pass_obj
def remove(workspace: Workspace, deck: str) -> None:
    """Stop using DECK, an id or a folder. Its files stay, and so does your history of its questions: it
    counts again when you add the deck again."""
    from mlterms.base.config import write_setting
    from mlterms.glossary.deck import read_deck_file

    decks = workspace.config.decks
    path = Path(deck).expanduser().resolve()
    found = next((root for root in decks if root == path), None)
    names = []
    for root in decks if found is None else ():
        read = read_deck_file(root)[0]
        names.append(read.id if read else str(root))
        if read and read.id == deck:
            found = root
    if found is None:
        raise CallError(f"{deck} is not a deck of yours; you have {', '.join(names) or 'none'}")
    write_setting("decks", [str(root) for root in decks if root != found])
    talk(f"{found} is not in use any more. Your answers to its questions are kept.")


@command.command(short_help="Print a JSON schema of the front matter of cards.")
@click.argument("folder", required=False, type=_FOLDER)
def schema(folder: Path | None) -> None:
    """Print a JSON schema for the front matter of the cards in FOLDER, for your editor.

    It knows the topics and terms of that deck, and the terms that come with mlterms. Without FOLDER it is for
    the deck in whose folder you are, or else for the one that comes with mlterms.
    """
    from mlterms.base.paths import bundle
    from mlterms.glossary.deck import card_paths, deck_at, read_deck_file
    from mlterms.glossary.schema import front_matter_schema

    root = folder or deck_at(Path.cwd()) or bundle()
    deck, problems = read_deck_file(root)
    if deck is None:
        raise CallError(str(problems[0]))
    terms = [path.stem for path in card_paths(root)]
    bundled, _ = read_deck_file(bundle())
    if bundled and bundled.id != deck.id:
        terms += [f"{bundled.id}:{path.stem}" for path in card_paths(bundle())]
    say_json(front_matter_schema(deck, terms))


def _use(workspace: Workspace, folder: Path) -> None:
    from mlterms.base.config import write_setting
    from mlterms.glossary.deck import read_deck_file

    deck, problems = read_deck_file(folder)
    if deck is None:
        raise CallError(f"{problems[0]}; `mlterms deck new {folder}` makes a deck there")
    decks = workspace.config.decks
    if folder.resolve() in decks:
        raise CallError(f"{deck.title} is in use already")
    for root in decks:
        other = read_deck_file(root)[0]
        if other and other.id == deck.id:
            raise CallError(f"the deck in {root} has the id {deck.id!r} too: give this one another `id`")
    write_setting("decks", [*map(str, decks), str(folder)])
    talk(f"{deck.title} is in use: {folder}")
