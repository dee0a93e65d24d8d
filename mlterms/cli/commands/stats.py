"""`mlterms stats`: what you recalled, what is expected, and what to do about it."""

from __future__ import annotations

import click

from mlterms.cli.conversation import writes_braille
from mlterms.cli.say import say, say_json, text_width
from mlterms.glossary.plain_text import wrap_at_spaces
from mlterms.store.workspace import Workspace


@click.command(short_help="Say what you recalled, what is expected, and what helps.")
@click.option("--months", is_flag=True, help="What you recalled in each month, young and mature questions.")
@click.option("--formulas", is_flag=True, help="Say below each figure how it is computed.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.pass_obj
def command(workspace: Workspace, months: bool, formulas: bool, as_json: bool) -> None:
    """Show what you recalled, how many minutes it takes, what you are expected to know, which terms are
    weakest, and how well you judge your own answers. Below each figure is what you can do.

    "Recalled" is measured, "asked for" is your setting, and "expected" is what the scheduler predicts."""
    from mlterms.progress.figures import figures_of
    from mlterms.progress.pictures import Spans, month_rows, picture_of
    from mlterms.progress.report import read_report

    report = read_report(workspace, workspace.clock.now())
    if as_json:
        from mlterms.progress.as_json import to_dict

        say_json(to_dict(report))
        return
    width = text_width(100)

    def say_rows(rows: list[Spans]) -> None:
        for row in rows:
            texts = (span.act.command if span.act and span.role == "button" else span.text for span in row)
            say("  " + "".join(texts).rstrip())

    def say_text(text: str) -> None:
        say(wrap_at_spaces(text, width, "  "))

    if months:
        if not report.recalled.months:
            say("You have not answered a question in review yet.")
            return
        say("Recalled in review, by month")
        say_rows(month_rows(report.recalled))
        return
    if not report.answered:
        say("Nothing has been answered yet. The figures fill in as you answer. To start: mlterms quiz\n")
    for figure in figures_of(report):
        say(figure.heading)
        say_text(figure.sentence)
        say_rows(picture_of(figure.name, report, max(56, width - 2), not writes_braille()))
        say_text(figure.advice)
        say_text(f"{figure.act.label[0].upper()}{figure.act.label[1:]}: {figure.act.command}")
        if formulas:
            say_text(figure.formula)
        say("")
