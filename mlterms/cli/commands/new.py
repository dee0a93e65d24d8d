"""`mlterms new TERM`: a card and a demo from templates, in the right place, the card opened in the editor."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlterms.base.errors import CallError
from mlterms.cli.path_type import FilePath
from mlterms.cli.say import say, talk
from mlterms.store.workspace import Workspace

if TYPE_CHECKING:
    from mlterms.glossary.types import Deck


def complete_topics_of_deck(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The ids of the topics of the deck into which the card goes."""
    with Workspace() as workspace:
        topics = _deck_with(_folder_of(ctx.params.get("folder"), workspace)).topics
    return [topic for topic in topics if topic.startswith(incomplete)]


@click.command(short_help="Write a new card.")
@click.argument("term", nargs=-1, required=True)
@click.option(
    "--deck", "folder", metavar="FOLDER", type=FilePath(file_okay=False), help="The deck it goes into."
)
@click.option("--title", "given_title", metavar="TITLE", default="", help="Its title, if that is not TERM.")
@click.option(
    "--topic",
    metavar="ID",
    default="",
    shell_complete=complete_topics_of_deck,
    help="Its topic; else the first one of the deck.",
)
@click.option("--demo", "with_demo", is_flag=True, help="Also write a demo, a small one that runs already.")
@click.option(
    "--path",
    "only_path",
    is_flag=True,
    help="Write the files and print their paths, without opening an editor.",
)
@click.pass_obj
def command(
    workspace: Workspace,
    term: tuple[str, ...],
    folder: Path | None,
    given_title: str,
    topic: str,
    with_demo: bool,
    only_path: bool,
) -> None:
    """Write the card of a new TERM, such as "learning rate", from a template, and open it in your editor.

    It goes into the deck in whose folder you are, or into your only deck. `mlterms deck new FOLDER` makes a
    deck. The file is named after TERM, but takes only its letters from a to z and its digits; --title gives
    the card another title. A question that still contains … is not asked until you complete it. With --demo,
    a term that has a card already gets only the demo.

    How to write a card is in content/README.md, how to write a demo in demos/README.md, both in the folder
    that `mlterms doctor` calls cards.
    """
    from mlterms.base.atomic import write_whole
    from mlterms.base.files import explain_write_errors, make_folder
    from mlterms.base.trust import trust_in
    from mlterms.cli.editor import check_editor, edit_file
    from mlterms.glossary.demo_template import new_demo
    from mlterms.glossary.template import new_card

    name, title = _name_and_title(" ".join(" ".join(term).split()), " ".join(given_title.split()))
    root = _folder_of(folder, workspace)
    deck = _deck_with(root, topic)
    path, demo = root / "content" / f"{name}.md", root / "demos" / f"{name.replace('-', '_')}.py"
    has_card = path.exists()
    if has_card and not with_demo:
        raise CallError(f"{path} already exists; `mlterms edit {name}` opens it")
    if with_demo and demo.exists():
        raise CallError(f"{demo} already exists; open it in your editor")
    if not only_path and not has_card:
        check_editor()
    topic = topic or next(iter(deck.topics), "general")
    if not has_card:
        with explain_write_errors(path):
            write_whole(path, new_card(title, topic, name if with_demo else "").encode())
        say(str(path))
        _tell_of_others(workspace, deck.id, name, title)
    if with_demo:
        make_folder(demo.parent)
        with explain_write_errors(demo):
            write_whole(demo, new_demo(title, name).encode())
        say(str(demo))
        to_add = f"Add `demo: {name}` to the head of {path}. " if has_card else ""
        trust = "." if trust_in(root) else f", once you trust its folder: mlterms trust --mine {root}"
        talk(f"{to_add}`mlterms demo {name}` plays it{trust}")
    if not only_path and not has_card:
        edit_file(workspace, path)


def _name_and_title(term: str, title: str) -> tuple[str, str]:
    """The name of the file for a term, and the title of its card."""
    from mlterms.glossary.names import kebab

    name = kebab(term)
    if not name:
        raise CallError(
            f"{term!r} has no letters from a to z for the name of the file; with a name of your own:"
            f" mlterms new NAME --title {shlex.quote(title or term)}"
        )
    return name, title or term


def _folder_of(given: Path | None, workspace: Workspace) -> Path:
    """The folder of the deck into which a new card goes."""
    from mlterms.glossary.deck import deck_at

    return given or deck_at(Path.cwd()) or _only_deck(workspace.config.decks)


def _deck_with(root: Path, topic: str = "") -> Deck:
    """The deck in a folder, which must have this topic if one is given."""
    from mlterms.glossary.deck import read_deck_file

    deck, problems = read_deck_file(root)
    if deck is None:
        raise CallError(str(problems[0]))
    if topic and deck.topics and topic not in deck.topics:
        raise CallError(f"{deck.title} has no topic {topic!r}; it has {', '.join(deck.topics)}")
    return deck


def _tell_of_others(workspace: Workspace, deck: str, name: str, title: str) -> None:
    """Say if another deck has a term of that name: both are asked."""
    from mlterms.store.index.text_folding import fold

    for row in workspace.index.terms():
        if row.deck != deck and (row.name == name or fold(row.title) == fold(title)):
            talk(
                f"The deck {row.deck} has a card {row.title!r} too. Both are asked, and {deck}:{name} is"
                " yours."
                f" To change the other card instead: mlterms edit {row.id}"
            )
            return


def _only_deck(decks: tuple[Path, ...]) -> Path:
    if len(decks) == 1:
        return decks[0]
    if decks:
        raise CallError(f"you have several decks: name one with --deck, such as {decks[0]}")
    raise CallError("you have no deck of your own yet; `mlterms deck new FOLDER` makes one")
