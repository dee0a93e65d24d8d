"""The knob that keys turn, and the number that is being typed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlterms.base.errors import CallError

if TYPE_CHECKING:
    from mlterms.demo.knobs import Knob
    from mlterms.demo.playback import Playback

_DIGITS = "0123456789.e-+"  # what a number is made of
_SIGNS = {"minus": "-", "plus": ""}  # keys that begin a number, and what they put before its digits
_LONGEST = 12  # characters of a typed number


class KnobChoice:
    """Turns the knobs of what is played. One of them is chosen: keys turn that one.

    name: of the chosen knob, "" where the demo has none. typed: the number that is being typed for it, or
    None. Every method that turns a knob raises CallError if the other knobs leave it without effect.
    """

    def __init__(self, playback: Playback) -> None:
        self.playback = playback
        self.name: str = next(iter(playback.player.knobs.KNOBS), "")
        self.typed: str | None = None
        self._sign: tuple[str, str, int] | None = (
            None  # pressed just now: the sign, the knob, the speed before
        )

    @property
    def slider(self) -> Knob | None:
        """The chosen knob, if it is one of numbers."""
        knob = self.playback.player.knobs.knob(self.name) if self.name else None
        return knob if knob is not None and knob.kind in (int, float) else None

    def choose_next(self, by: int) -> None:
        """Choose the next knob, or the one before."""
        if self.name:
            knobs = self.playback.player.knobs
            names = [name for name in knobs.KNOBS if name == self.name or knobs.counts(name)]
            self.name = names[(names.index(self.name) + by) % len(names)]

    def choose(self, name: str) -> None:
        """Choose a knob."""
        self._check_that_it_counts(name)
        self.name = name

    def nudge(self, name: str, steps: int) -> None:
        """Turn a knob up by this number of its steps, or down if it is negative."""
        if name:
            self._check_that_it_counts(name)
            knobs = self.playback.player.knobs
            self.set(name, knobs.knob(name).nudged(getattr(knobs, name), steps))

    def set(self, name: str, value: Any) -> None:
        """Give a knob a value."""
        self._check_that_it_counts(name)
        self.playback.turn(name, value)

    def slide(self, name: str, fraction: float) -> None:
        """Choose a knob and put the handle of its slider to a fraction of its length."""
        self.choose(name)
        self.set(name, self.playback.player.knobs.knob(name).at(fraction))

    def take_option(self, name: str, place: int) -> None:
        """Choose a knob and give it one of its options."""
        self.choose(name)
        self.set(name, self.playback.player.knobs.knob(name).options[place])

    def note_sign(self, key: str) -> None:
        """Remember a - or + until the next key: it changes the speed, unless a digit follows. Then both begin
        a number."""
        self._sign = (_SIGNS[key], self.name, self.playback.speed) if key in _SIGNS else None

    def begin_typing(self, digit: str) -> None:
        """Begin a number for the chosen knob. After - it is negative; after - or + the speed is what it was.

        Raises CallError, with what the knob can be, if it is none of numbers.
        """
        sign = ""
        if self._sign is not None and self._sign[1] == self.name:
            sign, _, self.playback.speed = self._sign
        self._sign = None
        if not self.name:
            raise CallError("This demo has no knob for which a number could be typed.")
        if self.slider is None:
            knob = self.playback.player.knobs.knob(self.name)
            raise CallError(f"{knob.title} takes no number: it can be {knob.allowed()}.")
        self.typed = sign + digit

    def type(self, key: str, character: str) -> None:
        """Go on typing a number for the chosen knob; Enter sets it, and - changes its sign.

        Raises CallError for a letter or sign that is in no number.
        """
        assert self.typed is not None
        if character == ",":  # a decimal point, in many countries
            character = "."
        if key == "enter":
            typed, self.typed = self.typed, None
            if typed:
                self.set(self.name, self.playback.player.knobs.parse(self.name, typed))
        elif key == "escape":
            self.typed = None
        elif key == "backspace":
            self.typed = self.typed[:-1]
        elif character == "-" and not self.typed.endswith("e"):  # alone, this key makes the demo slower
            self.typed = self.typed.removeprefix("-") if self.typed.startswith("-") else f"-{self.typed}"
        elif character and character not in _DIGITS and character.isprintable():
            raise CallError(f"{character} is in no number: {self.typed} stays until Enter or Esc.")
        elif character and character in _DIGITS and len(self.typed) < _LONGEST:
            self.typed += character

    def _check_that_it_counts(self, name: str) -> None:
        knobs = self.playback.player.knobs
        knob = knobs.knob(name)
        if knob.when is not None and not knobs.counts(name):
            raise CallError(f"{knob.title} only counts when {knob.when.in_words()}.")
