"""`mlterms quiz`: answer what is due and learn what is new."""

from __future__ import annotations

from pathlib import Path

import click

from mlterms.cli.broken_version import warn_of_broken_versions
from mlterms.cli.complete import complete_terms
from mlterms.cli.path_type import FilePath
from mlterms.cli.preview import open_preview
from mlterms.cli.say import talk
from mlterms.quiz.choose import Plan
from mlterms.store.index.search import find_term
from mlterms.store.workspace import Workspace


@click.command(short_help="Answer what is due, and meet new terms.")
@click.argument("terms", nargs=-1, metavar="[TERM]...", shell_complete=complete_terms)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Ask at most N questions.")
@click.option(
    "--new",
    type=click.IntRange(0),
    metavar="N",
    help="Ask N new questions, even if the limit of the day is lower.",
)
@click.option("--cram", is_flag=True, help="Practise: ask anything, and leave the schedule alone.")
@click.option("--ahead", is_flag=True, help="Ask reviews before their day, the soonest first.")
@click.option(
    "--contrast",
    is_flag=True,
    help="Ask terms that are confused with each other in turn; what is not due keeps its day.",
)
@click.option("--confidence", is_flag=True, help="Ask how sure you are before the answer is shown.")
@click.option(
    "--preview",
    type=FilePath(dir_okay=False),
    metavar="CARD.md",
    help="Try the questions of a card that you write; nothing is recorded.",
)
@click.option(
    "--plain", is_flag=True, help="Plain lines: no colour, no cursor; for pipes and screen readers."
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Speak JSON, one object a line, so that another program can drive the quiz.",
)
@click.pass_obj
def command(
    workspace: Workspace,
    terms: tuple[str, ...],
    limit: int | None,
    new: int | None,
    cram: bool,
    ahead: bool,
    contrast: bool,
    confidence: bool,
    preview: Path | None,
    plain: bool,
    as_json: bool,
) -> None:
    """Answer what is due, and learn new terms in the order in which they build on each other.

    If you name TERMs, only their questions are asked, including those that are not due. Each answer is on
    disk before the next question appears, so you can leave at any time.

    With --json it writes a question, reads an answer such as {"do": "answer", "picked": [0]}, writes the
    feedback, reads {"do": "rate", "rating": 3}, and so on until {"do": "leave"} or the end of the input.
    Each line is described in docs/quiz-protocol.md, in the folder that `mlterms doctor` calls cards."""
    if plain and as_json:
        raise click.UsageError("--plain is for people and --json for programs: take one of them")
    if cram and ahead:
        raise click.UsageError("--cram leaves the schedule alone and --ahead moves it: take one of them")
    if contrast and (cram or ahead or new is not None):
        raise click.UsageError("--contrast chooses its questions itself: leave --cram, --ahead and --new out")
    if preview is not None:
        if terms or new is not None or ahead or contrast:
            raise click.UsageError("--preview asks the questions of one card: leave TERM and the rest out")
        with open_preview(workspace, preview) as (tried, term):
            talk("This is a preview: nothing is recorded.")
            plan = Plan((term,), limit, None, "cram", preview=True)
            _ask(tried, plan, confidence, plain, as_json)
        return
    named = tuple(find_term(workspace.index, term) for term in terms)
    warn_of_broken_versions(workspace.index)
    mode = "cram" if cram or contrast else "ahead" if ahead else "scheduled"
    plan = Plan(named, limit, new, mode, contrast)
    _ask(workspace, plan, confidence, plain, as_json)


def _ask(workspace: Workspace, plan: Plan, confidence: bool, plain: bool, as_json: bool) -> None:
    """Run the quiz in the app, in plain lines or as JSON. Ends the program after the app."""
    if confidence:
        workspace.config = workspace.config._replace(confidence=True)
    if as_json:
        from mlterms.cli.json_quiz import run_json

        run_json(workspace, plan)
        return
    from mlterms.tui.run import has_terminal, run_mlterms

    if not plain and has_terminal():
        raise SystemExit(run_mlterms(workspace, "quiz", plan))
    from mlterms.cli.run_plain_quiz import run_plain

    run_plain(workspace, plan, workspace.config.confidence)
