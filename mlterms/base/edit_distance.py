"""How many typing slips separate two words (Damerau-Levenshtein, where no place changes twice)."""

from __future__ import annotations


def distance(a: str, b: str, bound: int) -> int:
    """The number of slips that turn `a` into `b`, or `bound + 1` if there are more than `bound`.

    A slip is one character left out, added, replaced, or swapped with its neighbour.
    """
    return bound + 1 if abs(len(a) - len(b)) > bound else _slips(a, b, bound)[-1]


def distance_to_beginning(a: str, b: str, bound: int) -> int:
    """The fewest slips that turn `a` into a beginning of `b`, or `bound + 1` if more are needed."""
    return min(_slips(a, b[: len(a) + bound], bound))


def _slips(a: str, b: str, bound: int) -> list[int]:
    """For each beginning of `b`, the empty one first: the slips that turn `a` into it, at most `bound + 1`.

    Only the band around the diagonal is computed.
    """
    too_far = bound + 1
    before: list[int] = []
    row = [min(j, too_far) for j in range(len(b) + 1)]
    for i, letter in enumerate(a, 1):
        new = [too_far] * (len(b) + 1)
        if i <= bound:
            new[0] = i
        for j in range(max(1, i - bound), min(len(b), i + bound) + 1):
            new[j] = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (letter != b[j - 1]), too_far)
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == b[j - 1]:
                new[j] = min(new[j], before[j - 2] + 1)
        if min(new) > bound and min(row) > bound:  # a swap reaches back two rows
            return new
        before, row = row, new
    return row
