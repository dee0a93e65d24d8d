"""Numbers three rows high, for the one number of a screen that matters most."""

from __future__ import annotations

_UNICODE = (
    "┏━┓ ╺┓  ╺━┓ ╺━┓ ╻ ╻ ┏━╸ ┏━╸ ╺━┓ ┏━┓ ┏━┓",
    "┃ ┃  ┃  ┏━┛ ╺━┫ ┗━┫ ┗━┓ ┣━┓   ┃ ┣━┫ ┗━┫",
    "┗━┛ ╺┻╸ ┗━╸ ╺━┛   ╹ ╺━┛ ┗━┛   ╹ ┗━┛ ╺━┛",
)
_ASCII = (
    " _       _   _       _   _   _   _   _ ",
    "| |   |  _|  _| |_| |_  |_    | |_| |_|",
    "|_|   | |_   _|   |  _| |_|   | |_|  _|",
)


def big_number(number: int, ascii_only: bool) -> list[str]:
    """The three rows of a number, all of one length."""
    font = _ASCII if ascii_only else _UNICODE
    return [" ".join(row[4 * int(digit) : 4 * int(digit) + 3] for digit in str(number)) for row in font]
