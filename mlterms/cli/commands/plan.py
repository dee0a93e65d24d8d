"""`mlterms plan`: whether every question can be answered once by a day, and at how many new ones a day."""

from __future__ import annotations

import textwrap
from datetime import date, datetime

import click

from mlterms.base.ids import Day
from mlterms.cli.read_only import only_read
from mlterms.cli.say import say, say_json, talk, text_width
from mlterms.store.workspace import Workspace


@click.command(short_help="Say whether the rest fits before a deadline.")
@click.option(
    "--by",
    "by",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day by which you want to have answered every question, such as 2027-03-31.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(1, 24 * 60),
    metavar="N",
    help="How many minutes you have a day. Without it: your recent average, but at least 5; or 20 if there is"
    " none yet, or none since a pause.",
)
@click.option("--apply", "applies", is_flag=True, help="Set the limit of new questions a day accordingly.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(workspace: Workspace, by: datetime, minutes: float | None, applies: bool, as_json: bool) -> None:
    """Check whether you can answer every new question once by DATE, in N minutes a day, reviews included.

    With --apply the limit of new questions a day is set to what is needed or, if that does not fit, to as
    many as are possible in the minutes.

    JSON: by, days, new (questions), fits, minutes, source (of the minutes: given; own, your average;
    least, 5 because your average is less; or usual, 20), needed_per_day (null if no number would do),
    needed_minutes, possible_per_day, possible_done, limit (as it was), advised_limit, applied.
    """
    from mlterms.progress.deadline import apply_deadline, plan_deadline
    from mlterms.progress.deadline_words import as_json as to_json
    from mlterms.progress.deadline_words import in_words, what_to_do

    if not applies:
        only_read(workspace)
    now = workspace.clock.now()
    day = Day(by.date().toordinal() - date(1970, 1, 1).toordinal())
    deadline = plan_deadline(workspace, now, day, minutes)
    todo = what_to_do(deadline)
    applied = bool(applies and todo and apply_deadline(workspace, deadline, now))
    if as_json:
        say_json({**to_json(deadline), "applied": applied})
        return
    width = text_width()
    for text in in_words(deadline):
        say(textwrap.fill(text, width))
    if applied:
        talk(f"Saved. To go back: mlterms settings new_per_day {deadline.limit}")
    elif applies:
        talk("Nothing was changed.")
    elif todo:
        say(textwrap.fill(f"{todo}: --apply", width, break_on_hyphens=False))
