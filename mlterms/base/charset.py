"""Turning text into characters that the terminal can show, of a known width. `text.py` makes text safe.

Formulas keep their meaning. In ASCII they are written as people type them: `w₁²` is `w_1^2`, `ŷ` is `y_hat`,
`√n` is `sqrt n`, `½λw²` is `1/2 lambda w^2`, `w·x` is `w*x`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mlterms.base.text_columns import columns

# Signs that have an ASCII look-alike.
_SIGNS = {
    "−": "-", "–": "-", "—": "-", "×": "x", "·": "*", "÷": "/", "±": "+-", "≤": "<=", "≥": ">=", "≈": "~",
    "≠": "!=", "→": "->", "←": "<-", "⇒": "=>", "↑": "^", "↓": "v", "…": "...", "“": '"', "”": '"', "‘": "'",
    "’": "'", "‖": "||", "✓": "v", "✗": "x", "●": "*", "○": "o", "◆": "@", "⁄": "/", "∂": "d", "⌉": ")",
    "⌋": ")", "─": "-", "│": "|", "•": "*", "⇔": "<=>", "⟺": "<=>", "⟹": "=>", "⟶": "->",
    "′": "'", "″": "''", "∗": "*", "⊃": ">", "⊂": "<", "⊆": "<=", "⊇": ">=", "∝": "~", "⊙": "*",
    "≪": "<<", "≫": ">>",
}  # fmt: skip
# Signs that are spelled out, with a space between them and letters. Other Greek letters are named.
_NAMES = {
    "∞": "inf", "√": "sqrt", "Σ": "sum", "∑": "sum", "∏": "prod", "∇": "grad", "∈": "in", "ε": "eps",
    "λ": "lambda", "ς": "sigma", "€": "EUR", "⌈": "ceil(", "⌊": "floor(",
}  # fmt: skip
# Marks over a letter that make it another symbol: the ASCII name, and the mark as a character.
_MARKS = {
    "\u0302": ("_hat", "ˆ"),
    "\u0303": ("_tilde", "˜"),
    "\u0304": ("_bar", "ˉ"),
    "\u0305": ("_bar", "ˉ"),
    "\u0307": ("_dot", "˙"),
}
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
# A symbol is a letter that is in no word: `naïve` is spelled with its mark, `ŷ` is not `y`.
_SYMBOL = rf"(?<![{_LATIN}\u0300-\u036f])([A-Za-zͰ-Ͽ])([{''.join(_MARKS)}])(?![{_LATIN}\u0300-\u036f])"
_SAID = re.compile(r'\b([a-z]+) \("\1"\)')  # `eta ("eta")`: how a letter is said that is spelled out now
_ORDINALS = "ªº"
_JOINERS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400))))


@lru_cache(maxsize=2048)
def in_charset(text: str, charset: str, *, wide: bool = False) -> str:
    """`text` as single-width characters of the charset: what is wide becomes �, what has no width goes.

    wide: instead, keep characters of two columns, and marks on the letter before them. A hat or bar over a
    symbol says which symbol it is, so it is written after the symbol if it cannot be over it. In ASCII,
    letters of words lose their accents, and Greek letters are spelled out.
    """
    if text.isascii() and text.isprintable():
        return text
    if charset == "ascii":
        return _in_ascii(text)
    text = unicodedata.normalize("NFC", text)  # a letter and its mark become one character if there is one
    text = _mark_symbols(text, 1)
    return "".join(map(_with_known_width if wide else _single, text))


def _mark_symbols(text: str, way: int) -> str:
    """The text with the marks over symbols after them: as ASCII names (0) or as characters (1)."""
    if _MARKS.keys().isdisjoint(text):  # so that most programs never compile the pattern
        return text
    return re.sub(_SYMBOL, lambda symbol: symbol[1] + _MARKS[symbol[2]][way], text)


@lru_cache(maxsize=2048)
def _with_known_width(character: str) -> str:
    """Terminals disagree on how wide joined emoji, variants and skin tones are: these are taken apart."""
    kind = unicodedata.category(character)
    if kind == "Cf" or character in _JOINERS:
        return ""
    is_mark = kind in ("Mn", "Me", "Mc")
    is_wide = columns(character) == 2 and kind not in ("Cn", "Co")
    return character if is_mark or is_wide else _single(character)


def _single(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Cc", "Cs", "Cn", "Co", "Zl", "Zp"):
        return "\ufffd"
    width = 0 if kind in ("Mn", "Me", "Mc", "Cf") else columns(character)
    return ("", character, "\ufffd")[width]


def _in_ascii(text: str) -> str:
    """Character by character, with a space between a word or number and a name that is spelled out."""
    text = unicodedata.normalize("NFD", text)
    text = unicodedata.normalize("NFC", _mark_symbols(text, 0))
    written, before = "", ""
    for character in text:
        kind, piece = _piece(character)
        if kind in ("^", "_"):
            piece = piece if kind == before else kind + piece
        elif piece and written and _run_together(written[-1], before, piece[0], kind):
            written += " "
        written += piece
        before = kind if piece else before
    return _SAID.sub(r"\1", written)


def _run_together(last: str, before: str, first: str, kind: str) -> bool:
    if not (last.isalnum() and first.isalnum()):
        return False
    return bool(before) or kind == "name" or (kind == "fraction" and last.isdigit())


def _piece(character: str) -> tuple[str, str]:
    """The kind of a character ("^" raised, "_" lowered, "name", "fraction", "") and its ASCII form."""
    if character.isascii():
        return "", character if character.isprintable() else "?"
    if character in _SIGNS:
        return "", _SIGNS[character]
    if character in _NAMES:
        return "name", _NAMES[character]
    decomposed = unicodedata.decomposition(character)
    plain = unicodedata.normalize("NFKD", character)
    if len(plain) == 1 and decomposed.startswith(("<super>", "<sub>")) and character not in _ORDINALS:
        return "^" if decomposed.startswith("<super>") else "_", _piece(plain)[1]
    if decomposed.startswith("<fraction>"):
        return "fraction", "".join(_piece(c)[1] for c in plain)
    if plain != character:
        pieces = [_piece(c) for c in plain]
        return pieces[0][0], "".join(piece for _, piece in pieces)
    if unicodedata.combining(character):
        return "", ""
    name = unicodedata.name(character, "")
    greek = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", name)
    if greek:
        return "name", greek[2].lower() if greek[1] == "SMALL" else greek[2].title()
    return "", "?"
