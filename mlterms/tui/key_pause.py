"""A moment in which keys are ignored, because what they would act on has only just appeared."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

AFTER_ANSWER = 0.4
"""Seconds for which a verdict stays even if a key is pressed: Enter right after a digit, a digit pressed
twice, or a key that repeats. Nobody has read the verdict by then. As long, the question after a rating or a
mark takes no answer and no mark."""

AFTER_EXCHANGE = 1.5
"""Seconds for which a question cannot be answered after it replaced another one by itself."""

AFTER_OPENING = 0.4
"""Seconds for which a page that takes a while to come does not save what Enter would save: the key may have
been meant for the page before."""


class KeyPause:
    """Keys are ignored from `start` on for some seconds. clock: seconds, as `time.monotonic` counts them."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._until = clock, float("-inf")

    def start(self, seconds: float) -> None:
        """Ignore keys for that long from now on."""
        self._until = self._clock() + seconds

    @property
    def is_on(self) -> bool:
        """Whether keys are to be ignored now."""
        return self._clock() < self._until

    def stops_key(self, tell: Callable[[str], object]) -> bool:
        """Whether a key is to be ignored now. If so, `tell` is called with a sentence about it."""
        if self.is_on:
            tell("That was very quick. If you mean it, press the key again.")
        return self.is_on
