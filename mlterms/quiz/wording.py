"""Comparing a typed answer with an accepted one, as a fair teacher would.

What only looks different is the same: case, accents of words, spaces, hyphens between words, spaces around
operators, quotation marks, a leading article, singular and plural, British and American. What carries
meaning counts: `.5`, `n!`, `**`, `f'`. One slip in each longer word is forgiven (two letters swapped also in
one of five, the wrong letter doubled in one of eight, two neighbours left out in one of ten), but never one
that makes another term of it.

Both relations are symmetric.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mlterms.base.edit_distance import distance
from mlterms.base.spelling import american

_SHORTEST = 5  # letters: in shorter words one letter is the difference between two words (loss, less)
_SHORTEST_MISORDERED = 4  # letters of a word in which two are swapped (bais), or one is doubled (biass)
_LONG = 6  # letters of a word that may be written in two, and whose plural may have a slip too (fetures)
_SHORTEST_DOUBLE_MOVED = 8  # letters of a word in which the wrong letter is doubled (acurracy)
_SHORTEST_OMISSION = 10  # letters of a word in which two neighbours are left out (derivate)

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼ´`′＇‹›", "'"),
        **dict.fromkeys("“”„‟«»″＂「」『』〝〞〟", '"'),
        **dict.fromkeys("−–—‒‐‑﹣－", "-"),
        **dict.fromkeys("×·⋅∙", "*"),
        **dict.fromkeys("⁄∕÷", "/"),
        **dict(zip("≤≥≠→…", ("<=", ">=", "!=", "->", "..."), strict=True)),
    }
)
_DOUBLED = re.compile(r"(.)\1+")
_OPPOSITE = re.compile(r"^(?:micro|macro)")  # one letter turns either into the other
# One letter apart, and another meaning.
_CONFUSED = (
    "angle/angel quite/quiet trial/trail form/from sign/sing cost/cots logit/logic model/modal model/mode "
    "noise/nose layer/later ratio/radio token/taken step/steep adam/adamw "
    "causal/casual sample/simple context/content converge/converse regression/repression encode/encoder"
)
_OTHER_WORDS = {frozenset(pair.split("/")) for pair in _CONFUSED.split()}
_ABBREVIATION = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")  # i.i.d.
_NUMBERED = re.compile(r"\b((?:type|class|kind)[ -])(i{1,3})\b")  # type II, also written type 2
_LATIN = (("is", "es"), ("um", "a"), ("ix", "ices"), ("ex", "ices"))  # axes, minima, matrices, vertices
_cached = lru_cache(maxsize=4_096)  # the checker compares each accepted answer with the names of all terms


def is_same(typed: str, accepted: str) -> bool:
    """Whether both mean the same, written however."""
    a, b = _fold_signs(typed), _fold_signs(accepted)
    if not a or not b:
        return a == b
    return a == b or _as_formula(a) == _as_formula(b) or _same_words(_words(a), _words(b))


def is_slip(typed: str, accepted: str) -> bool:
    """Whether they differ only by typing slips, one in a word."""
    a, b = _folded_words(typed), _folded_words(accepted)
    if len(a) != len(b):
        a, b = ("".join(a),), ("".join(b),)  # over fiting, overfitting
    is_different = False
    for pair in zip(a, b, strict=True):
        if not _same_word(*pair):
            respelt = tuple(map(_american_spelling, pair))  # not only: vanising is no vanizing
            if not (_is_near(*pair) or (respelt != pair and _is_near(*respelt))):
                return False
            is_different = True
    return is_different


def _is_near(a: str, b: str) -> bool:
    """Whether two words are one slip apart, perhaps one of them in the plural."""
    if a[:1] != b[:1] or frozenset((a, b)) in _OTHER_WORDS:
        return False
    if one_slip_apart(a, b):
        return True
    pairs = [*((a, plural) for plural in _plurals(b)), *((plural, b) for plural in _plurals(a))]
    return min(len(a), len(b)) >= _LONG and any(one_slip_apart(*pair) for pair in pairs)


def one_slip_apart(a: str, b: str) -> bool:
    """One letter left out, doubled, mistaken, two neighbours swapped; of a long word, two neighbours left out
    or the wrong letter doubled.

    Never in a digit, in a short word, or in the first letter, which may turn a word into its opposite.

    >>> one_slip_apart("gardient", "gradient"), one_slip_apart("lable", "label")
    (True, True)
    >>> one_slip_apart("derivate", "derivative"), one_slip_apart("iteration", "interaction")
    (True, False)
    >>> one_slip_apart("acurracy", "accuracy")
    True
    >>> one_slip_apart("loss", "less"), one_slip_apart("bais", "bias"), one_slip_apart("los", "loss")
    (False, True, True)
    >>> one_slip_apart("symmetric", "asymmetric")
    False
    """
    is_misordered = sorted(a) == sorted(b) or _DOUBLED.sub(r"\1", a) == _DOUBLED.sub(r"\1", b)
    long_enough = max(len(a), len(b)) >= (_SHORTEST_MISORDERED if is_misordered else _SHORTEST)
    if frozenset((a, b)) in _OTHER_WORDS:
        return False
    if _OPPOSITE.match(a) and _OPPOSITE.match(b) and a[:5] != b[:5]:
        return False
    if not (long_enough and a.isalpha() and b.isalpha() and a[0] == b[0]):
        return False
    if distance(a, b, 1) == 1:
        return True
    return _has_double_moved(a, b) or _lacks_two_letters(*sorted((a, b), key=len))


def _has_double_moved(a: str, b: str) -> bool:
    """Whether one letter is doubled in `a` and another one in `b`, and they are the same otherwise."""
    if len(a) != len(b) or len(a) < _SHORTEST_DOUBLE_MOVED:
        return False
    return _DOUBLED.sub(r"\1", a) == _DOUBLED.sub(r"\1", b) and distance(a, b, 2) == 2


def _lacks_two_letters(short: str, long: str) -> bool:
    """Whether `short` is `long` without two neighbouring letters, neither of them at its end."""
    if len(long) < _SHORTEST_OMISSION or len(long) - len(short) != 2:
        return False
    return any(long[:at] + long[at + 2 :] == short for at in range(1, len(short)))


# -- folding -------------------------------------------------------------------------------------------------


@_cached
def _fold_signs(text: str) -> str:
    """One form for each sign, nothing invisible, no quotation marks around it and no full stop behind it."""
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    visible = _lower_powers(visible)
    folded = unicodedata.normalize("NFKC", visible.translate(_SIGNS)).casefold().translate(_SIGNS)
    folded = unicodedata.normalize("NFKC", " ".join(folded.split()))
    for _ in range(4):  # a quotation in emphasis, with its full stop
        before, folded = folded, _without_quotes_and_stop(folded)
        if folded == before:
            break
    folded = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), folded)
    folded = _NUMBERED.sub(lambda found: f"{found[1]}{len(found[2])}", folded)
    return re.sub(r"^(?:an?|the) (?=\w\w)", "", folded)


def _lower_powers(text: str) -> str:
    """`x^2` for `x²`, `e^x` for `eˣ`."""
    if text.isascii():
        return text
    lowered, is_raised = "", False
    for char in text:
        # Not ª and º, which belong to words, nor ™.
        sign = unicodedata.decomposition(char) if unicodedata.category(char) in ("No", "Lm", "Sm") else ""
        was_raised, is_raised = is_raised, sign.startswith("<super>")
        lowered += "^" if is_raised and not was_raised else ""
        lowered += unicodedata.normalize("NFKC", char) if is_raised else char
    return lowered


def _without_quotes_and_stop(text: str) -> str:
    inner = re.fullmatch(r"""(["'*_]{1,2})(\w.*[\w.,;:!?')])\1""", text)
    if inner:
        return inner[2]
    # Behind a word, and not behind `n!`, `x[:` or `...`.
    return re.sub(r"(?<=\w\w)!$|(?<=[\w)'\"])[.,;:?。、]$", "", text)


def _as_formula(folded: str) -> str:
    """Without spaces around operators, and between a number and a letter: `2 n` is `2n`, `w_1` is `w1`.

    Beside an operator, letters that are multiplied need no space between them either: `w x + b`.
    """
    tight = re.sub(r" ?([^\w\s]) ?", r"\1", folded)
    tight = re.sub(r"(?<=[\w)])_(?:\{(\w{1,2})\}|([^\W\d_]{1,2})\b)", r"\1\2", tight)  # x_i and xᵢ
    tight = re.sub(r"(?<=[\w)])[*]{2}(?=[\w({-])", "^", tight)  # a power as Python writes it
    tight = re.sub(r"\^(?:\((-?\w+)\)|\{(-?\w+)\})", r"^\1\2", tight)
    tight = re.sub(r"\bsqrt (?=\w)", "√", tight)
    tight = re.sub(r"√(?:(\w+)|(?=\())", lambda root: f"sqrt({root[1]})" if root[1] else "sqrt", tight)
    tight = re.sub(r"∂(?=[^\W\d])", "d", tight)  # few keyboards have it
    tight = re.sub(r"\b([^\W\d_])(?:\u0302|[ _-]?hat\b)", r"\1_hat", unicodedata.normalize("NFD", tight))
    tight = unicodedata.normalize("NFC", tight)
    tight = re.sub(r"[α-ω]", lambda letter: _greek_name(letter[0]) or letter[0], tight)
    tight = re.sub(r"(?<=\d) (?=[^\W\d])|(?<=[^\W\d])[ _](?=\d)", "", tight)
    tight = re.sub(r"(?<=\d) x (?=\d)|(?<=[1-9])x(?=\d)|(?<=\d0)x(?=\d)", "*", tight)  # 3x2 for 3×2
    if re.search(r"[=+/^<>]", tight):  # there a product needs no sign: w*x + b
        tight = re.sub(r"(?<=\w)[*](?=[^\W\d_]\b)", " ", tight)
    return re.sub(r"(?<=\b[^\W\d_]) (?=[^\W\d_]\b)", "", tight) if re.search(r"[=+*/^<>]", tight) else tight


def _words(folded: str) -> tuple[str, ...]:
    """The words, with hyphens between letters or digits taken for spaces."""
    return tuple(re.sub(r"_|(?<=\w)-(?=\w)", " ", re.sub(r"(?<= )&(?= )", "and", folded)).split())


@_cached
def _folded_words(text: str) -> tuple[str, ...]:
    return _words(_fold_signs(text))


# -- words ---------------------------------------------------------------------------------------------------


def _same_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if len(a) == len(b):
        return all(map(_same_word, a, b))
    joined = "".join(a), "".join(b)  # back propagation, backpropagation
    return all(len(part) >= _LONG and part.isalpha() for part in joined) and _same_word(*joined)


def _same_word(a: str, b: str) -> bool:
    a, b = _american_spelling(a), _american_spelling(b)
    return a == b or (a[:1] == b[:1] and (a in _plurals(b) or b in _plurals(a)))


@_cached
def _american_spelling(word: str) -> str:
    """A word in American spelling and without accents, the name of a Greek letter."""
    if len(word) == 1 and (name := _greek_name(word)):
        return name
    if len(word) > 2 and not word.isascii():  # in ŷ and x̂ the accent is a hat
        decomposed = unicodedata.normalize("NFKD", word)
        if decomposed[0].isascii():
            word = "".join(char for char in decomposed if not unicodedata.combining(char))
    return american(word)


def _greek_name(letter: str) -> str:
    """The name of a small Greek letter; "" of any other."""
    name = unicodedata.name(letter, "")
    if not name.startswith("GREEK SMALL LETTER"):
        return ""
    return name.rpartition(" ")[2].lower().replace("lamda", "lambda")


@_cached
def _plurals(word: str) -> frozenset[str]:
    if len(word) < 3 or not word.isalpha():
        return frozenset()
    found = set() if word.endswith(("s", "i", "ia")) else {f"{word}s"}  # loss, axis and bias are no plurals
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        found.add(f"{word}es")
    elif re.search(r"[^aeiou]y$", word):
        found.add(f"{word[:-1]}ies")
    for singular, plural in _LATIN:
        if len(word) > 3 and word.endswith(singular):
            found.add(f"{word.removesuffix(singular)}{plural}")
    return frozenset(found)
