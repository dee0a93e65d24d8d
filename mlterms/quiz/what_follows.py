"""What there is to ask after a sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.quiz.words import following_in_words, kind_in_words, short_title

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.quiz.choose import Plan
    from mlterms.store.queue import Queue


def what_follows(queue: Queue, now: Now, plan: Plan) -> str:
    """What there is to ask after a sitting of that plan, in a sentence; "" if there is nothing, or it was a
    preview. A learning step is named with its question, because it may be that of one that was skipped."""
    if plan.preview:
        return ""
    counts, step = queue.counts(now), queue.next_learning(now)
    if step is None:
        return following_in_words(counts, None, now.at)
    question, step_at = step
    found = queue.index.question(question)
    name = f"{short_title(found[0].title)}, {kind_in_words(found[1].kind)}" if found else ""
    return following_in_words(counts, step_at, now.at, name)
