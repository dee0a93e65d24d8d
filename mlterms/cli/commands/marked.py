"""`mlterms marked`: questions that are flagged, suspended or buried, and leeches with what may help."""

from __future__ import annotations

import click

from mlterms.base.ids import term_of
from mlterms.cli.say import say, say_json, text_width
from mlterms.glossary.plain_text import wrap_at_spaces
from mlterms.quiz.leech_advice import in_words
from mlterms.quiz.marked import FILTERS, NOTHING_MARKED, MarkedQuestion, read_marked, standing
from mlterms.quiz.words import kind_in_words
from mlterms.store.workspace import Workspace


@click.command(short_help="List marked questions and leeches.")
@click.argument("which", type=click.Choice(list(FILTERS)), default="all", metavar="[WHICH]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_obj
def command(workspace: Workspace, which: str, as_json: bool) -> None:
    """List the questions that you flagged, suspended or buried, and the leeches: those that you forgot eight
    times or more, each with what may help.

    WHICH is all, flagged, suspended, buried or leeches.

    JSON: question, title, text, flagged, suspended, buried, lapses, help (of a leech: contrast, demo, need,
    rewrite; else null).
    """
    found = [each for each in read_marked(workspace, workspace.clock.now()) if FILTERS[which](each.past)]
    for each in found:
        _show_json(each) if as_json else _show(each)
    if not found and not as_json:
        say(NOTHING_MARKED[which])
    if not as_json and any(each.past.suspended or each.past.buried for each in found):
        way = "To bring back what is suspended or buried: start mlterms, and press M, then s or b."
        say(wrap_at_spaces(way, text_width()))


def _show(each: MarkedQuestion) -> None:
    width = max(20, text_width() - 4)
    say(f"{each.title}, {kind_in_words(each.past.kind)}: {standing(each.past)}")
    texts = [each.past.text]
    if each.advice is not None:
        term = term_of(each.past.id)
        texts.append(
            in_words(
                each.advice,
                {
                    "card": f"mlterms show {term}",
                    "demo": f"mlterms demo {each.advice.demo}",
                    "edit": f"mlterms edit {term}",
                    "suspend": "s in the app",
                },
            )
        )
    for text in texts:
        say(wrap_at_spaces(text, width + 4, "    "))


def _show_json(each: MarkedQuestion) -> None:
    past = each.past
    say_json(
        {
            "question": past.id,
            "title": each.title,
            "text": past.text,
            "flagged": past.flagged,
            "suspended": past.suspended,
            "buried": past.buried,
            "lapses": past.lapses,
            "help": each.advice.as_json() if each.advice is not None else None,
        }
    )
