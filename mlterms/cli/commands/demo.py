"""`mlterms demo`: play a live demo, or list them all."""

from __future__ import annotations

import shutil
import sys
from textwrap import wrap

import click
from click.shell_completion import CompletionItem

from mlterms.base.errors import CallError
from mlterms.base.text import one_line
from mlterms.cli.demo_command import command_for, command_to_complete
from mlterms.cli.demo_files import every_demo, find_demo, in_study_order, load, search_demos
from mlterms.cli.say import say, say_json, warn
from mlterms.demo.load import demo_name
from mlterms.store.workspace import Workspace

_NAMES = 30  # columns; a name that is longer does not move the others


class Demos(click.Group):
    """A group whose commands are the demos. A demo is loaded only where its knobs are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [info.name for info in every_demo(self._workspace(ctx))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        path = find_demo(self._workspace(ctx), cmd_name)
        return command_for(path, demo_name(path), load(path))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if len(args) > 1 and not ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        path = find_demo(self._workspace(ctx), args[0])
        name = demo_name(path)
        if ctx.resilient_parsing:
            return name, command_to_complete(path, name), args[1:]
        return name, command_for(path, name, None), []

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(one_line(info.name), info.title) for _, info in in_study_order(self._workspace(ctx))]
        with formatter.section("Demos"):
            formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The names and titles, for which no demo need be loaded."""
        every = every_demo(self._workspace(ctx))
        found = [
            CompletionItem(info.name, help=info.title) for info in every if info.name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[NAME [OPTIONS]]"]

    def _workspace(self, ctx: click.Context) -> Workspace:
        workspace = ctx.find_object(Workspace)
        return workspace if workspace is not None else ctx.with_resource(Workspace())


@click.command(cls=Demos, invoke_without_command=True, short_help="Play a live demo, or list them all.")
@click.option("--search", metavar="WORDS", help="List only the demos that are about these words.")
@click.option("--json", "as_json", is_flag=True, help="List them as one JSON object a line.")
@click.pass_context
def command(ctx: click.Context, search: str | None, as_json: bool) -> None:
    """Play the demo NAME: a small training run with knobs to turn. Without NAME, list them by topic.

    On a terminal it plays; piped, or with --plain, it prints its last picture as text and the measures. Each
    demo has options of its own: `mlterms demo NAME -h`. A demo of one of your decks whose name is taken is
    called `DECK:NAME`.
    """
    if ctx.invoked_subcommand is None:
        if search is not None and not search.strip():
            raise click.UsageError("--search: there are no words to search for")
        _list(ctx.obj, search or "", as_json)


def _room() -> int:
    """The columns of the terminal; 0 where something else reads the lines."""
    return max(40, shutil.get_terminal_size().columns) if sys.stdout.isatty() else 0


def _list(workspace: Workspace, words: str, as_json: bool) -> None:
    found = search_demos(workspace, words)
    titles = {row.name: one_line(row.title).partition(" (")[0] for row in workspace.index.terms()}
    names = (columns for _, info in found if (columns := len(info.name)) <= _NAMES)
    width, room = max(names, default=0), _room()
    before = None
    for topic, info in found:
        if as_json:
            listed = {
                "name": info.name,
                "title": info.title,
                "topic": topic,
                "terms": info.terms,
                "path": info.path,
            }
            if info.problem is not None:
                listed["problem"] = str(info.problem)
            say_json(listed)
        elif info.problem is None:
            if topic != before:
                say(topic if before is None else f"\n{topic}")
                before = topic
            _, _, title = info.title.partition(":")
            about = ", ".join(titles.get(term, term) for term in info.terms)
            row = f"  {one_line(info.name):{width}}  {title.strip() or info.title}  ({about})"
            say("\n".join(wrap(row, room, subsequent_indent=" " * (width + 4))) if room else row)
        else:
            warn(one_line(str(info.problem)))
    if not found:
        raise CallError(f"no demo is about {one_line(words)!r}; `mlterms demo` lists them all")
