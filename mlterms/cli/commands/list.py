"""`mlterms list`: the terms in the order in which they build on each other."""

from __future__ import annotations

import click

from mlterms.base.percent import percent
from mlterms.base.text_columns import columns, pad
from mlterms.cli.complete import complete_topics
from mlterms.cli.say import say, say_json, warn
from mlterms.store.index.overlay import own_versions, problems_of_own_versions
from mlterms.store.mastery import LATER
from mlterms.store.workspace import Workspace

_MOST = 20  # errors in cards that are named


@click.command(short_help="List the terms.")
@click.option(
    "--topic", metavar="TOPIC", shell_complete=complete_topics, help="Only the terms of this topic."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_obj
def command(workspace: Workspace, topic: str | None, as_json: bool) -> None:
    """List the terms, in the order in which they build on each other.

    Each line: the term, its mastery, how many questions it has, whether it has a demo, and whether its card
    is your version of a bundled one. Mastery is the expected share of its questions that you would answer
    today. JSON: id, title, topic, questions, demo, own_version, mastery and mastery_in_30_days (0 to 1, null
    before the first answer; in 30 days if you review nothing until then).
    """
    terms = workspace.index.terms()
    if topic is not None:
        if not topic.strip():
            raise click.UsageError("--topic: the name is empty")
        known = {term.topic for term in terms}
        if topic not in known:
            raise click.UsageError(f"no topic {topic!r}; the topics are {', '.join(sorted(known))}")
        terms = [term for term in terms if term.topic == topic]
    mastery = workspace.queue.knowledge.mastery(workspace.clock.now())
    later = workspace.queue.knowledge.mastery(workspace.clock.now(), days=LATER) if as_json else {}
    own = set(own_versions(workspace.index))
    if as_json:
        for term in terms:
            say_json(
                {
                    "id": term.id,
                    "title": term.title,
                    "topic": term.topic,
                    "questions": term.questions,
                    "demo": term.demo or None,
                    "own_version": term.id in own,
                    "mastery": mastery.get(term.id),
                    f"mastery_in_{LATER}_days": later.get(term.id),
                }
            )
        return
    titles = {term.id: workspace.index.title_in_list(term.id, term.title) for term in terms}
    widest = max(map(columns, titles.values()), default=0)
    for term in terms:
        known_part = mastery.get(term.id)
        mastery_or_new = "new" if known_part is None else f"mastery {percent(known_part):>4}"
        demo = ("  demo" if term.demo else "") + ("  your version" if term.id in own else "")
        asked = "question" if term.questions == 1 else "questions"
        say(f"{pad(titles[term.id], widest)}  {mastery_or_new:12}  {term.questions:2} {asked}{demo}")
    errors = [problem for problem in workspace.index.problems() if problem.severity == "error"]
    errors += [each for each in problems_of_own_versions(workspace.index) if each not in errors]
    for problem in errors[:_MOST]:
        warn(str(problem))
    if len(errors) > _MOST:
        warn(
            f"and {len(errors) - _MOST:,} more errors in cards; `mlterms check FOLDER` lists those of a deck"
        )
