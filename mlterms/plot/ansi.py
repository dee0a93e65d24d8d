"""A canvas as text with ANSI colours. It knows nothing of what is drawn."""

from __future__ import annotations

from mlterms.plot.canvas import Canvas, Run, runs, to_text
from mlterms.plot.palette import DEFAULT


def to_ansi(canvas: Canvas) -> str:
    """The canvas with the colour codes of its style. Colours end with each line; trailing blanks are cut.

    Greys are written as the 24 greys of 256-colour terminals, which is all that they need.
    """
    if canvas.style.colours == "none":
        return to_text(canvas)
    return "\n".join(_line(canvas, parts) for parts in runs(canvas, range(canvas.height)))


def _line(canvas: Canvas, parts: list[Run]) -> str:
    while parts and parts[-1][2] == DEFAULT and not parts[-1][0].strip():
        parts.pop()
    written: list[str] = []
    now = (DEFAULT, DEFAULT)
    for text, fg, bg in parts:
        if (fg, bg) != now:
            codes = [code for code in (_code(fg, 30, canvas), _code(bg, 40, canvas)) if code]
            if DEFAULT in (fg, bg):
                codes.insert(0, "0")
            written.append(f"\x1b[{';'.join(codes)}m")
            now = (fg, bg)
        written.append(text)
    if now != (DEFAULT, DEFAULT):
        written.append("\x1b[0m")
    return "".join(written)


def _code(colour: int, base: int, canvas: Canvas) -> str:
    """The parameters that choose a colour; base 30 for the foreground, 40 for the background."""
    if colour == DEFAULT:
        return ""
    if canvas.style.colours == "16":
        return str(base + colour if colour < 8 else base + 60 + colour - 8)
    if canvas.style.colours == "true":
        return f"{base + 8};2;{colour >> 16 & 255};{colour >> 8 & 255};{colour & 255}"
    index = colour if canvas.style.colours == "256" else _grey(colour)
    return f"{base + 8};5;{index}"


def _grey(colour: int) -> int:
    light = colour & 255
    return 16 if light < 4 else 231 if light > 246 else 232 + min(23, max(0, round((light - 8) / 10)))
