"""The click group of all commands. It imports a command when that command is called."""

from __future__ import annotations

import importlib

import click

import mlterms
from mlterms.base.nearest import nearest
from mlterms.cli.command_table import COMMANDS
from mlterms.cli.progress_line import show_progress
from mlterms.cli.read_only import only_read
from mlterms.quiz.killed_quiz import count_shown_answer
from mlterms.store.workspace import Workspace

# Commands that change nothing where there are no answers; `plan` and `settings` see to it themselves. The
# others create the file of answers.
_READING = {"doctor", "due", "export", "fit", "list", "marked", "search", "show", "stats"}


class LazyGroup(click.Group):
    """A group whose commands are the rows of `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if ctx.resilient_parsing and not ctx.args and not ctx._protected_args:
            return click.Command(cmd_name, short_help=COMMANDS[cmd_name])
        module = importlib.import_module(f"mlterms.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = nearest(name, COMMANDS)
            hint = f"did you mean {near}?" if near else "mlterms -h lists them"
            raise click.UsageError(f"there is no command {name!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)


def build() -> click.Group:
    """The command `mlterms`, with its options and without its subcommands."""

    @click.command(
        cls=LazyGroup,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        help="Learn the vocabulary of machine learning: cards, a quiz that asks at the right moment, and "
        "live demos. Without a command, opens the app.",
        epilog="Your answers are in one SQLite file; `mlterms doctor` says where.",
    )
    @click.version_option(mlterms.__version__, message="mlterms %(version)s")
    @click.option(
        "--database",
        metavar="FILE",
        type=click.Path(readable=False),  # only so that TAB offers files
        help="The file of your answers, instead of the usual one.",
    )
    @click.option("--now", metavar="TIME", hidden=True, help="Take this for the present moment (ISO 8601).")
    @click.pass_context
    def mlterms_command(ctx: click.Context, database: str | None, now: str | None) -> None:
        ctx.obj = ctx.with_resource(Workspace(database, now, show_progress, count_shown_answer))
        if ctx.invoked_subcommand in _READING:
            only_read(ctx.obj)
        if ctx.invoked_subcommand is None:
            from mlterms.tui.run import has_terminal, run_mlterms

            if has_terminal():
                ctx.exit(run_mlterms(ctx.obj))
            from mlterms.cli.today import show_today

            show_today(ctx.obj)

    assert isinstance(mlterms_command, click.Group)
    return mlterms_command
