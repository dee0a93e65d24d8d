"""Comments that switch a rule off: `<!-- check: off number because it is from the paper -->`.

Such a comment counts for its own line and the next one, or with `for this card` for the whole card. In
`deck.toml`, `# check: off length because …` counts for the whole deck.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mlterms.base.nearest import nearest
from mlterms.check.rules import RULES
from mlterms.glossary.lines import Comment, Line
from mlterms.glossary.problems import Problem

_FORM = re.compile(
    r"check: *off +(?P<rules>[a-z, -]+?)(?P<card> +for +this +card)? +because +(?P<reason>\S.*)", re.DOTALL
)
_MEANT = re.compile(r"\s*check\s*:", re.IGNORECASE)
_HOW = "write `check: off RULE because …`, or `check: off RULE for this card because …`"


@dataclass(slots=True)
class Switches:
    """Which rules are switched off where, in one file."""

    path: str
    everywhere: dict[str, int] = field(default_factory=dict)  # rule → the line that says so
    lines: dict[tuple[str, int], int] = field(default_factory=dict)  # rule and line → the line that says so
    problems: list[Problem] = field(default_factory=list)
    _used: set[tuple[str, int]] = field(default_factory=set)

    def switch_off(self, text: str, line: int, counts_for: Sequence[int]) -> None:
        """Read one comment. counts_for: the lines that it counts for if it is not for the whole card."""
        found = _FORM.fullmatch(" ".join(text.split()))
        if not found:
            self._report(line, _HOW)
            return
        for rule in (part.strip() for part in found["rules"].split(",")):
            if rule not in RULES:
                meant = nearest(rule, RULES)
                instead = f"did you mean `{meant}`?" if meant else "`mlterms check --rules` lists them"
                self._report(line, f"there is no rule `{rule}`: {instead}")
            elif found["card"] or not counts_for:
                self.everywhere[rule] = line
            else:
                self.lines |= {(rule, each): line for each in counts_for}

    def _report(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.path, line, message, "warning"))

    def is_off(self, problem: Problem) -> bool:
        """Whether the rule that a problem is about is switched off at its line."""
        rule = problem.rule
        said = self.lines.get((rule, problem.line)) or self.everywhere.get(rule)
        if said is not None and rule:
            self._used.add((rule, said))
        return bool(rule) and said is not None

    def unused(self) -> Iterator[Problem]:
        """A warning for each comment that switches off what is not there."""
        said = {(rule, line) for (rule, _), line in self.lines.items()} | {*self.everywhere.items()}
        for rule, line in sorted(said - self._used):
            message = f"`{rule}` finds nothing here: remove this comment"
            yield Problem(self.path, line, message, "warning")


def card_switches(path: str, lines: Sequence[Line], comments: Iterable[Comment]) -> Switches:
    """What the comments of a card switch off."""
    switches = Switches(path)
    for comment in comments:
        if _MEANT.match(comment.text):
            following = (line.number for line in lines if line.number > comment.last and line.text.strip())
            counts_for = (*range(comment.first, comment.last + 1), next(following, comment.last))
            switches.switch_off(comment.text, comment.first, counts_for)
    return switches


def deck_switches(path: str, text: str) -> Switches:
    """What the comments of a `deck.toml` switch off."""
    switches = Switches(path)
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#") and _MEANT.match(line[1:]):
            switches.switch_off(line[1:].strip(), number, ())
    return switches
