"""What a check found: the problems, and how much was looked at."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from mlterms.base.plurals import count_of
from mlterms.glossary.problems import Problem


@dataclass(slots=True)
class CheckReport:
    """What a check found. At its end the problems are sorted by file and line.

    Of what is run: `examples` are `>>>` examples and the code of spot questions, `draws` are sets of numbers
    for numeric questions, `runs` are training runs of predictions, and `demos` are shown with each knob at
    both ends. why_not_run: why no Python was run, "" if it was.
    """

    problems: tuple[Problem, ...] = ()
    cards: int = 0
    questions: int = 0
    demos: int = 0
    examples_run: int = 0
    examples_not_run: int = 0
    draws_evaluated: int = 0
    runs_made: int = 0
    runs_not_made: int = 0
    demos_run: int = 0
    demos_not_run: int = 0
    why_not_run: str = ""

    @property
    def failed(self) -> bool:
        """Whether there is an error; warnings alone are none."""
        return any(problem.severity == "error" for problem in self.problems)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        problems = [problem._asdict() for problem in self.problems]
        return {"failed": self.failed, **asdict(self), "problems": problems}

    def summary(self) -> str:
        """What was looked at, what was not run and why, and the number of problems: a line for each."""
        seen = [(self.cards, "card"), (self.questions, "question"), (self.demos, "demo")]
        run = [
            (self.examples_run, "example"),
            (self.draws_evaluated, "draw"),
            (self.runs_made, "training run"),
            (self.demos_run, "demo"),
        ]
        left = [
            (self.examples_not_run, "example"),
            (self.runs_not_made, "training run"),
            (self.demos_not_run, "demo"),
        ]
        errors = sum(problem.severity == "error" for problem in self.problems)
        found = [(errors, "error"), (len(self.problems) - errors, "warning")]
        lines = [f"Checked {_counted(seen) or 'nothing'}; ran {_counted(run) or 'nothing'}."]
        if any(count for count, _ in left):
            lines.append(f"{_counted(left)} not run: {self.why_not_run or 'an error came before them'}.")
        lines.append(f"{_counted(found) or 'No problems'}.")
        return "\n".join(lines)


def _counted(counts: list[tuple[int, str]]) -> str:
    """`3 cards, 1 demo`: what there is none of is left out."""
    return ", ".join(count_of(count, what) for count, what in counts if count)
