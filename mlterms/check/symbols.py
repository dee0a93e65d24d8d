"""One letter, one meaning: what a card says a symbol means, against the table of the deck."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mlterms.check.passages import Passage
from mlterms.check.rules import violation
from mlterms.glossary.problems import Problem

_EXPLAINED = re.compile(r"(?P<symbol>[^\W\d_][^\s,:;]{0,5})(?: \([^)]*\))?: (?P<meaning>.+)")
_INDICES = "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₀₁₂₃₄₅₆₇₈₉'′"
_ITEM = re.compile(r"^- (.+(?:\n  .+)*)", re.MULTILINE)


def check_symbols(path: str, passages: Iterable[Passage], symbols: Mapping[str, str]) -> Iterator[Problem]:
    """Warnings for symbols that are explained otherwise than in the table, or are not in it.

    An explanation is an item `- w: a weight; b: the bias` in "Precisely"; only single letters count. symbols:
    a letter → the words of which its explanation must contain one, with commas between them.
    """
    if not symbols:
        return
    for passage in passages:
        if passage.part != "Precisely":
            continue
        for item in _ITEM.finditer(passage.text):
            for part in re.split(r";\s+", item[1]):
                found = _EXPLAINED.match(part)
                if found and len(found["symbol"].rstrip(_INDICES)) == 1:
                    line = passage.line_at(item.start(1) + item[1].index(part))
                    message = _fault(found["symbol"], found["meaning"], symbols)
                    if message:
                        yield violation(path, line, "symbol", message)


def _fault(symbol: str, meaning: str, symbols: Mapping[str, str]) -> str:
    letter = symbol if symbol in symbols else symbol.rstrip(_INDICES)
    if letter not in symbols:
        return f"the symbol {symbol} is not in the table: add it to [symbols] in deck.toml"
    words = [word.strip().lower() for word in symbols[letter].split(",")]
    if any(word in meaning.lower() for word in words):
        return ""
    return f"{symbol} is {' or '.join(words)} in this deck: take another letter, or say it so"
