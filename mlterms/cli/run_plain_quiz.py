"""Runs the quiz in plain lines: gives a `PlainQuiz` its sitting, and what `/card` and `/demo` do."""

from __future__ import annotations

from mlterms.base.errors import MltermsError
from mlterms.base.ids import name_of
from mlterms.cli.card import card_lines, introduce
from mlterms.cli.conversation import Conversation
from mlterms.cli.plain_predict import demo_in_lines, predict_in_lines
from mlterms.cli.plain_quiz import PlainQuiz
from mlterms.cli.say import warn
from mlterms.cli.today import in_words, minutes_needed, warn_of_saved_answers, warn_of_set_aside
from mlterms.quiz.choose import Plan
from mlterms.quiz.contrast import can_contrast, why_none
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.what_follows import what_follows
from mlterms.quiz.words import PRACTICE
from mlterms.store.workspace import Workspace

_FIRST_TIME = """
Each question comes back when you are about to forget it. Answer, see what is right, and say how it went.
You can leave at any time; nothing is lost.
"""

_FIRST_TIME_IN_PRACTICE = """
Answer each question, and see what is right. You can leave at any time.
"""


def run_plain(workspace: Workspace, plan: Plan, confidence: bool) -> None:
    """Run one sitting in plain lines, from the greeting to the summary."""
    lines = Conversation()
    sitting = Sitting(
        *(workspace.learner, workspace.index, workspace.queue, workspace.clock, plan),
        guess_first=workspace.config.guess_first,
    )
    now = workspace.clock.now()
    if plan.contrast and sitting.asked is None and not can_contrast(workspace.queue, now, plan.terms):
        warn_of_set_aside(workspace)
        lines.say(why_none(workspace.queue, now, plan.terms))
        return
    counts = workspace.queue.counts(now)
    if plan.new is not None:
        counts = counts._replace(new=len(workspace.queue.new_today(now, plan.new)))
    due = in_words(counts, minutes_needed(workspace, counts))
    lines.say(due if plan.mode == "scheduled" and not plan.terms else _opening(workspace, plan))
    warn_of_set_aside(workspace)
    if workspace.learner.last_sequence() == 0:
        warn_of_saved_answers(workspace)
        lines.say(_FIRST_TIME_IN_PRACTICE if plan.mode == "cram" else _FIRST_TIME)
    lines.say()
    quiz = PlainQuiz(
        sitting,
        lines,
        introduce=lambda term: introduce(workspace.index, lines, term),
        show_card=lambda term: lines.raw(card_lines(workspace.index, term, lines.width)),
        show_demo=lambda term: demo_in_lines(workspace.index, lines, term),
        predict=lambda lines, asked, picked: predict_in_lines(workspace.index, lines, asked, picked),
        confidence=confidence,
        save_confidence=lambda on: _save_confidence(workspace, on),
    )
    try:
        quiz.run()
    finally:
        back_up(workspace)
    _closing(workspace, lines, sitting)


def _save_confidence(workspace: Workspace, on: bool) -> None:
    from mlterms.store.preferences import PREFERENCES, change

    try:
        change(PREFERENCES["confidence"], "on" if on else "off", workspace)
    except MltermsError as error:
        warn(f"it holds for this session only: {error}")


def _opening(workspace: Workspace, plan: Plan) -> str:
    if plan.contrast:
        return "Terms that are confused with each other, in turn. Only what is due moves its schedule."
    titles = ", ".join(workspace.index.term(term).title for term in plan.terms) or "all terms"
    how = {"cram": PRACTICE, "ahead": "Reviews before their day."}
    return f"{how.get(plan.mode, 'A session on')} {titles}." if plan.mode == "scheduled" else how[plan.mode]


def _closing(workspace: Workspace, lines: Conversation, sitting: Sitting) -> None:
    if sitting.asked is not None:
        return  # left in the middle; the question is the first next time
    now = workspace.clock.now()
    queue = workspace.queue
    plan = sitting.plan
    if words := what_follows(queue, now, plan):
        lines.say(words)
    is_empty = plan.mode == "scheduled" and not plan.new and not sitting.answers
    if is_empty and queue.new_today(now, 1, plan.terms or None):
        call = " ".join(["mlterms quiz", *map(name_of, plan.terms)])
        lines.say(f"Today's new questions are used up. `{call} --new 5` asks five more.")


def back_up(workspace: Workspace) -> None:
    """Make today's backup if there is none yet. A failure is reported and does not end the program."""
    from mlterms.store.log.backup import back_up_daily

    try:
        back_up_daily(workspace.path, workspace.clock.now())
    except MltermsError as error:
        warn(f"no backup was made: {error}")
