"""Text as characters that take one column each and that the terminal can show. Safety is `text.py`'s."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# What a plain terminal can say of the letters that cards and demos use.
_ASCII = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "×": "x", "·": ".", "÷": "/", "±": "+-", "≤": "<=", "≥": ">=", "≈": "~",
        "≠": "!=", "∞": "inf", "√": "sqrt ", "Σ": "sum ", "∑": "sum ", "∂": "d", "∇": "grad ", "→": "->",
        "←": "<-", "↑": "^", "↓": "v", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "α": "alpha",
        "β": "beta", "γ": "gamma", "δ": "delta", "ε": "eps", "η": "eta", "θ": "theta", "λ": "lambda",
        "μ": "mu", "π": "pi", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "ρ": "rho", "Δ": "Delta",
        "✓": "v", "✗": "x", "●": "*", "○": "o", "◆": "@", "€": "EUR", "⁄": "/",
    }
)  # fmt: skip


@lru_cache(maxsize=2048)
def fitting(text: str, charset: str) -> str:
    """`text` as single-width characters of the charset: what is wide becomes �, what has no width goes.

    In ASCII, letters lose their accents, indices come down to the line, and Greek letters are spelled out.
    """
    if charset == "ascii":
        text = unicodedata.normalize("NFKD", text.translate(_ASCII)).translate(_ASCII)
        shown = (c for c in text if not unicodedata.combining(c))
        return "".join(c if " " <= c <= "~" else "?" for c in shown)
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    return "".join(_single(c) for c in text)


def _single(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Mn", "Me", "Cf") or unicodedata.combining(character):
        return ""
    if kind in ("Cc", "Cs", "Cn", "Co", "Zl", "Zp") or unicodedata.east_asian_width(character) in "WF":
        return "\ufffd"
    if 0x1160 <= ord(character) <= 0x11FF:  # Hangul vowels and finals, which take no room of their own
        return ""
    return character
