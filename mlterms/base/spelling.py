"""British and American spelling of words in lower case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_LONG = 6  # the rules for endings apply to words of at least this many letters, so that "noise" stays

_WITH_PLURAL = (
    "grey/gray catalogue/catalog dialogue/dialog analogue/analog defence/defense offence/offense "
    "licence/license practise/practice programme/program artefact/artifact judgement/judgment "
    "sceptic/skeptic metre/meter litre/liter fibre/fiber fulfil/fulfill enrol/enroll mould/mold plough/plow"
)
_ALONE = (
    "maths/math ageing/aging learnt/learned spelt/spelled sulphur/sulfur greyscale/grayscale "
    "catalogued/cataloged cataloguing/cataloging practised/practiced practising/practicing "
    "sceptical/skeptical fulfilment/fulfillment enrolment/enrollment moulded/molded moulding/molding "
    "ploughed/plowed ploughing/plowing"
)
_PAIRS = [pair.split("/") for pair in _WITH_PLURAL.split()]
_PAIRS += [[f"{british}s", f"{american}s"] for british, american in _PAIRS]
_AMERICAN = dict([*_PAIRS, *(pair.split("/") for pair in _ALONE.split())])
_BRITISH_OF = {american: british for british, american in _AMERICAN.items()}
_OUR = "col|behavi|neighb|fav|hon|lab|flav|vap|rig|hum|tum|od|harb|endeav"
_RE = "cent|fib|lit|theat|calib|spect|(?:kilo|centi|milli)?met"
_TO_AMERICAN = (
    (re.compile(rf"^({_OUR})our"), r"\1or"),
    (re.compile(rf"^({_RE})re(?=s?$)"), r"\1er"),
    (re.compile(r"^(cent)r(ed|ing)$"), r"\1er\2"),
)
_ENDINGS_TO_AMERICAN = (
    (re.compile(r"(?<=\w\w)is(e|ed|er|ers|es|ing|able|ability|ation|ations|ational)$"), r"iz\1"),
    (re.compile(r"(?<=\w\w)ys(e|ed|er|ers|es|ing)$"), r"yz\1"),
    (re.compile(r"(?<=\w\w[ae]l)l(ed|ing|er|ers)$"), r"\1"),
)
_TO_BRITISH = (
    (re.compile(r"(?<=\w\w)([iy])z(?=$|[eia])"), r"\1s"),
    (re.compile(rf"^({_OUR})or"), r"\1our"),
    (re.compile(rf"^({_RE})er(?=s?$)"), r"\1re"),
    (re.compile(r"^(cent)er(ed|ing)$"), r"\1r\2"),
    (re.compile(r"(?<=\w\w[ae]l)(ed|ing|er|ers)$"), r"l\1"),
)


def american(word: str) -> str:
    """A word in American spelling: `colour` is `color`."""
    rules = (*_TO_AMERICAN, *_ENDINGS_TO_AMERICAN) if len(word) >= _LONG else _TO_AMERICAN
    return _respell(word, _AMERICAN, rules)


def both_spellings(text: str) -> list[str]:
    """Words as they are typed, perhaps with the last one unfinished, and in the other spelling if they have
    one. It is rough, for a search: a wrong one finds nothing."""
    words = text.split(" ")
    others = [*map(_british, words)]
    if others == words:
        others = [*map(american, words)]
    return [*dict.fromkeys((text, " ".join(others)))]


def _british(word: str) -> str:
    return _respell(word, _BRITISH_OF, _TO_BRITISH)


def _respell(word: str, listed: Mapping[str, str], rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    """The word as it is listed, else after each of the rules."""
    if word in listed:
        return listed[word]
    for ending, spelled in rules:
        word = ending.sub(spelled, word)
    return word
