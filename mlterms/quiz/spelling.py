"""Whether two words differ by one slip of the keyboard. Search has its own, graded, notion of nearness."""

from __future__ import annotations

from mlterms.base.edit_distance import distance

_SHORTEST = 6  # letters: in shorter words one letter is the difference between words (loss, less)


def one_slip_apart(told: str, meant: str) -> bool:
    """One letter left out, doubled, mistaken, or two neighbours swapped; never in a digit, never in a short
    word.

    >>> one_slip_apart("gardient", "gradient"), one_slip_apart("loss", "less")
    (True, False)
    """
    if len(meant) < _SHORTEST or abs(len(told) - len(meant)) > 1 or any(c.isdigit() for c in told + meant):
        return False
    return distance(told, meant, 1) <= 1
