"""What Progress says: one sentence and one action for each figure, and the formula behind it.

Three words are never mixed: *recalled* is measured, *asked for* is the learner's own setting, and *expected*
is what FSRS predicts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mlterms.base.percent import percent
from mlterms.base.plurals import count_of
from mlterms.progress.acts import (
    GLOSSARY,
    START,
    Act,
    help_weak,
    next_act,
    open_card,
    open_setting,
)
from mlterms.progress.calibration import GREY_BELOW, MEANT, Calibration
from mlterms.progress.minutes import DAYS as TWO_WEEKS
from mlterms.progress.minutes import usual_minutes
from mlterms.progress.proportion import Proportion
from mlterms.progress.recalled import DAYS as MONTH
from mlterms.progress.recalled import ENOUGH
from mlterms.progress.report import BELIEVED_DAYS, Report
from mlterms.quiz.words import short_title
from mlterms.store.confidence import LAST
from mlterms.store.leeches import LEECH
from mlterms.store.mastery import LATER
from mlterms.store.weak_terms import SHAKY, WELL_KNOWN, WeakTerm

COMPARED_AFTER = 21
"""Days from the first term on after which the two ways of beginning one are compared."""


class Figure(NamedTuple):
    """A figure in words. name: as in JSON. sentence: what it says. advice: what follows from it."""

    name: str
    heading: str
    sentence: str
    advice: str
    act: Act
    formula: str


def figures_of(report: Report) -> list[Figure]:
    """All figures in their order."""
    figures = [each(report) for each in _FIGURES]
    return figures if report.beginnings.since is None else [*figures, _beginnings(report)]


def between(part: Proportion) -> str:
    """`83% to 90%`: where the true share is."""
    low, high = part.interval
    return f"{percent(low)} to {percent(high)}"


def why_weak(term: WeakTerm) -> str:
    """The likeliest cause of a weak term, in a few words."""
    if term.has_leech:
        return f"one question was forgotten {term.worst_lapses} times"
    if term.weak_need is not None:
        return f"needs {short_title(term.weak_need.title)} (recall: {percent(term.weak_need.mastery)})"
    if term.overdue:
        have = "question has" if term.overdue == 1 else "questions have"
        return f"{term.overdue} {have} waited {count_of(term.overdue_days, 'day')}"
    if term.lapses:
        return f"forgotten {_times(term.lapses)} so far"
    return "still new, so its intervals are short"


def _recalled(report: Report) -> Figure:
    recalled, last = report.recalled, report.recalled.last
    asked = percent(recalled.asked_for)
    settings = Act(
        "ask for less", "open_setting", "mlterms settings desired_retention", ("desired_retention",)
    )
    months = Act("by month", "months", "mlterms stats --months")
    if not last.of:
        when = f"in the last {MONTH} days" if recalled.months else "yet"
        sentence = f"You have not answered a question in review {when}."
        advice, act = _first_review(report), next_act(report)
    elif recalled.verdict == "few":
        share = f"{last.right} of {last.of} in review"
        sentence = f"In the last {MONTH} days you recalled {share}, not counting learning steps."
        advice, act = (
            f"From {ENOUGH} reviews on, that can be compared with the {asked} you asked for.",
            next_act(report),
        )
    else:
        sentence = (
            f"In the last {MONTH} days you got {percent(last.share)} of {last.of:,} reviews right, not"
            f" counting learning steps (the true share is probably {between(last)}); you asked for {asked}."
        )
        if recalled.verdict == "less" and report.counts.due:
            advice, act = "That is less than you asked for: answer reviews on their day.", START
        elif recalled.verdict == "less":
            advice, act = (
                "That is less than you asked for: ask for less, or try mlterms fit.",
                settings,
            )
        elif recalled.verdict == "more":
            advice = "That is more than you asked for: you could ask for less, and review less often."
            act = settings
        else:
            advice, act = "What you asked for lies in that range, so there is nothing to change.", months
    return Figure(
        *("recalled", "Recalled", sentence, advice, act),
        f"Recalled = right answers / answers to questions in review, in the last {MONTH} days. Learning steps"
        " and practice do not count. The range is Wilson's 95% interval:"
        " (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.96."
        " Asked for is the setting desired_retention.",
    )


def _minutes(report: Report) -> Figure:
    minutes, ahead = report.minutes, report.minutes.a_day_ahead
    per_day = minutes.pace.new
    fresh = f"{per_day:.0f}" if per_day >= 1 or not per_day else f"{per_day:.1f}"
    new = f"{fresh} new {_plural(round(per_day), 'question')} a day"
    if minutes.pace.is_assumed:
        new = f"if you learn {new}, your limit"
    elif minutes.pace.is_limited:
        new = f"with {new}, your average within today's limit"
    else:
        new = f"with {new}, your average so far"
    span = f"({ahead.low:.0f} to {ahead.high:.0f})"
    spend = f"will probably spend {_about(ahead.mean)} a day {span}"
    days = f"in the next {TWO_WEEKS} days, {new}."
    if minutes.a_day:
        spent = _about(minutes.a_day)
        so_long = f"in the last {minutes.days} days" if minutes.days > 1 else "yesterday"
        a_day = " a day" if minutes.days > 1 else ""
        sentence = f"You spent {spent}{a_day} answering {so_long}, and {spend} {days}"
    else:
        sentence = f"You {spend} answering {days}"
    usual = usual_minutes(minutes.past, minutes.days)
    if usual is not None and ahead.mean > 1.5 * usual + 5:
        advice = "That is more than you are used to: fewer new questions would lower it."
        act = open_setting("fewer new ones", "new_per_day")
    else:
        advice, act = _today(report), next_act(report)
    return Figure(
        *("minutes", "Minutes a day", sentence, advice, act),
        "Minutes = time from a question to its answer, 60 seconds at most; reading what is right is not"
        " counted here, but it is in the minutes on Today. Expected: each day's reviews, those that are"
        " forgotten and return, and new questions at your pace, times the seconds that your last answers"
        f" took, 2 at least. Your pace is the mean of {TWO_WEEKS} days, or of those since you began or came"
        " back after a pause of a week, and your limit before there are any. Four days in five should be"
        " inside the range, if you study every day.",
    )


def _expected(report: Report) -> Figure:
    started, now, later, learning = report.expected
    if not started:
        sentence = "No question has been started yet, so none is expected to be known."
    elif learning == started:
        sentence = "What you have started is still in its learning steps, and counts once these are done."
    else:
        sentence = (
            f"Of the {count_of(started, 'question')} that you have started, you would answer about {now:.0f}"
            f" correctly now, and {later:.0f} in {LATER} days without reviews"
        )
        if learning:
            still = "the one still in its" if learning == 1 else f"the {learning:,} still in their"
            sentence += f"; {still} learning steps will count later"
        sentence += "."
    return Figure(
        *("expected", "Expected", sentence, _due(report), next_act(report)),
        "Expected = the sum over all questions that you have started of R = (1 + f·t/S)^(−w20), FSRS's"
        " chance that you recall one t days after its last answer. S is its stability in days, and f is such"
        " that R = 90% at t = S. A question in its learning steps counts as 0.",
    )


def _weakest(report: Report) -> Figure:
    terms = report.weakest
    if terms:
        which = "The term" if len(terms) == 1 else f"The {len(terms)} terms"
        sentence = f"{which} you are expected to remember worst, the likeliest cause, and what helps."
        act = help_weak(terms[0])
        advice = f"Begin with {short_title(terms[0].title)}."
    else:
        sentence = f"No term that came up for review is expected below {percent(WELL_KNOWN)}."
        if not report.recalled.months:
            sentence = "No term has come up for review yet."
        advice, act = "The glossary has all terms, and how well each is known.", GLOSSARY
    return Figure(
        *("weakest", "Weakest terms", sentence, advice, act),
        "Mean expected recall R of a term's questions that have come up for review; one that was just"
        f" forgotten counts as 0. Cause: a question forgotten {LEECH} times or more, else a term it needs"
        f" below {percent(SHAKY)}, else overdue reviews, else forgotten answers.",
    )


def _year(report: Report) -> Figure:
    year, today = report.year, report.minutes.today
    if year.studied:
        sentence = (
            f"In the last year you studied on {count_of(year.studied, 'day')}, {_hours(year.hours)} in all."
        )
    else:
        sentence = "You have not answered a question in the last year."
    advice = f"Today so far: {count_of(round(today), 'minute')}." if today else "Nothing answered yet today."
    return Figure(
        *("year", "A year of minutes", sentence, advice, next_act(report)),
        "Each square is a day and each column a week from Monday. The four shades go from the days with the"
        " least time to those with the most, a quarter of the days in each. The time from a question to its"
        " answer counts, 60 seconds at most.",
    )


def _calibration(report: Report) -> Figure:
    calibration = report.calibration
    if not calibration.answers:
        sentence = "You have not said yet how sure you were of an answer."
        if report.asks_confidence:
            advice, act = (
                "Say it before an answer is shown, and see here how often you were right.",
                next_act(report),
            )
        else:
            advice = "Let the quiz ask for it, and see here how often you were right."
            act = open_setting("ask how sure I am", "confidence", " on")
    else:
        sentence, advice = _count_by_confidence(calibration), _what_follows(calibration)
        act = next_act(report)
    meant = ", ".join(f"{level.name} {percent(MEANT[level.confidence])}" for level in calibration.levels)
    return Figure(
        *("calibration", "How sure you are", sentence, advice, act),
        f"Of your last {LAST:,} answers with a confidence, practice included: how many were right, with"
        f" Wilson's 95% interval; grey below {GREY_BELOW} answers. Scheduler: the mean chance that FSRS gave"
        " to the reviews among them; it is compared with you on reviews only, so learning steps and practice"
        " do not count there."
        " Brier score = mean of (chance − outcome)², where the outcome is 1 for right and 0 for"
        " wrong; 0 is perfect, and always saying 50% gives 0.25. For your score a level is taken as a chance:"
        f" {meant}.",
    )


def _beliefs(report: Report) -> Figure:
    believed = report.believed
    if believed:
        sentence = f"You still seem to hold {count_of(len(believed), 'mistaken belief')}."
        advice = "Other questions about each come ahead of their turn. A right answer takes it off this list."
        first = believed[0]
        act = open_card(f"read {short_title(first.title)}", first.term)
    else:
        sentence = f"You seem to hold no mistaken belief from the last {BELIEVED_DAYS} days."
        advice = "If a wrong answer shows one, it is listed here, and a different question about it follows."
        act = next_act(report)
    return Figure(
        *("beliefs", "Still believed", sentence, advice, act),
        "A wrong answer that betrays a mistaken belief marks it, if you were certain or did not say how sure"
        " you were. A right answer to a different question about it puts it right. Counted are those that"
        f" showed themselves in the last {BELIEVED_DAYS} days.",
    )


def _beginnings(report: Report) -> Figure:
    """Which way of beginning a term worked better, once there are three weeks to go by."""
    guess, card, since = report.beginnings
    assert since is not None
    setting = open_setting("choose the way", "guess_first")
    left = since + COMPARED_AFTER - report.day
    if left > 0:
        sentence = f"{count_of(guess.terms, 'term')} began with a guess and {card.terms} with the card."
        advice, act = f"In {count_of(left, 'day')} this says which worked better for you.", next_act(report)
    else:
        first, second = Proportion(guess.right, guess.answers), Proportion(card.right, card.answers)
        sentence = f"After a guess {_later_share(first)}; after the card {_later_share(second)}."
        apart = first.differs_from(second)
        better = "a guess" if first.share > second.share else "the card"
        advice = f"Beginning with {better} worked better for you." if apart else "That may be chance so far."
        act = setting if apart else next_act(report)
    return Figure(
        *("beginnings", "Guess first or card first", sentence, advice, act),
        "Of terms that began with a guess and of those that began with their card: right answers / answers on"
        " the days after, practice left out. One worked better where the two shares differ by more than 1.96"
        " standard errors, √(p(1−p)(1/m + 1/n)), with p the share of both together.",
    )


def _later_share(part: Proportion) -> str:
    if not part.of:
        return "there is no later answer yet"
    return f"you were later right {percent(part.share)} of the time ({part.right:,} of {part.of:,})"


def _count_by_confidence(calibration: Calibration) -> str:
    parts = [
        f'"{level.name}" {_times(level.counted.of)} ({level.counted.right:,} right)'
        for level in reversed(calibration.levels)
        if level.counted.of
    ]
    return f"You said {', '.join(parts)}."


def _what_follows(calibration: Calibration) -> str:
    """One sentence on what the learner can do with it."""
    guess, _, certain = calibration.levels
    if all(level.is_grey for level in calibration.levels):
        return f"From {GREY_BELOW} answers at one level on, this says how far to trust your feeling."
    if not certain.is_grey and certain.counted.interval[1] < MEANT[3]:
        return "You are certain too often: look for a reason to doubt before you say it."
    if not guess.is_grey and guess.counted.interval[0] > MEANT[1]:
        return "You know more than you think: your guesses are right too often to be guesses."
    learner, scheduler = calibration.learner, calibration.scheduler
    if learner is None or scheduler is None:
        return "You are right about as often as you expect to be."
    if learner < scheduler - 0.01:
        return "Trust your feeling: it predicts your answers better than the scheduler does."
    if learner > scheduler + 0.01:
        return "The scheduler predicts your answers better than your feeling: go by its dates."
    return "Your feeling and the scheduler predict your answers equally well."


def _first_review(report: Report) -> str:
    due = report.counts.due
    if due:
        return f"{count_of(due, 'review')} {'is' if due == 1 else 'are'} due today."
    return "A question is reviewed from the day after it was learned."


def _today(report: Report) -> str:
    counts = report.counts
    left = counts.left
    return f"{count_of(left, 'question')} left today." if left else "Done for today."


def _due(report: Report) -> str:
    due = report.counts.due
    if due:
        keep = "keeps" if due == 1 else "keep"
        return f"{count_of(due, 'review')} due today {keep} these numbers from falling."
    new, again = report.counts.new, report.counts.learning
    if new:
        return f"{count_of(new, 'new question')} today would raise these numbers."
    return f"{count_of(again, 'question')} to see again today." if again else "No review is due today."


def _about(minutes: float) -> str:
    return count_of(round(minutes), "minute") if minutes >= 0.5 else "less than a minute"


def _hours(hours: float) -> str:
    return (
        count_of(round(60 * hours), "minute") if hours < 1 else f"{hours:.0f} {_plural(round(hours), 'hour')}"
    )


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


_FIGURES: tuple[Callable[[Report], Figure], ...] = (
    _recalled,
    _minutes,
    _expected,
    _weakest,
    _year,
    _calibration,
    _beliefs,
)
