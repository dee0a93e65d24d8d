"""Demo files: they name what exists, and can be shown wherever their knobs stand."""

import pytest

BROKEN = ("s.w *= knobs.share", "s.w *= knobs.share + (1 / 0 if knobs.start == 4 else 0)")


def test_a_demo_that_can_be_shown_is_no_problem(deck):
    deck.demo()
    report = deck.check()
    assert deck.told(report) == []
    assert (report.demos, report.demos_run) == (1, 1)


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (('"""Halving', '_ = """Halving'), 1, "a demo begins with a docstring"),
        (("def setup(knobs, rng):", "def setup(knobs, rng:"), 17, "not Python: "),
        (
            ('TERMS = ["halving"]', 'TERMS = ["halfing"]'),
            8,
            "there is no term halfing; did you mean halving?",
        ),
        (('TERMS = ["halving"]', "TERMS = []"), None, "say which terms it shows"),
        (('"halving"]', '\n    "halving",\n    "doubling",\n]'), 10, "there is no term doubling"),
        (("PREDICTIONS = []", 'PREDICTIONS = ["halving/whole"]'), 9, "halving/whole is no predict question"),
        (
            ("PREDICTIONS = []", 'PREDICTIONS = ["halving/half"]'),
            9,
            "halving/half is no question; did you mean",
        ),
        (("PREDICTIONS = []", 'PREDICTIONS = ["halving/other"]'), 9, "is a question about another demo"),
    ],
)
def test_what_its_text_says_is_held_to_whether_or_not_it_may_be_run(deck, change, line, said):
    recall = "### recall: whole\nWhat?\n---\nThat.\n- [ ] this\n\n"
    runs = "runs:\n  a: {knobs: {}, until: {updates: 1}}\n"
    options = "options:\n  - {text: yes, when: a.w > 0}\n  - {text: no, when: otherwise}\n"
    predict = f"### predict: other\nWhat?\n```yaml\ndemo: other\n{runs}{options}```\nSo.\n"
    deck.card(recall + predict)
    deck.demo(name="other")
    deck.demo(change)
    told = [problem for problem in deck.problems(trusted=False) if "halving.py" in problem]
    where = "" if line is None else f":{line}"
    assert [
        problem for problem in told if said in problem and problem.startswith(f"demos/halving.py{where}: ")
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("import Points", "import Pints"), ":6: ImportError: cannot import name 'Pints'"),
        (("def step", "def stop"), ": the function step is missing"),
        (("low=0.1, high=0.9", "low=0.9, high=0.1"), ":12: ValueError: knob share: low=0.9 is not below"),
        (("return State", "State"), ":17: setup returns nothing, not a State"),
        (("s.w *= knobs.share", "s.w *= knobs.shore"), ":22: step: AttributeError"),
        (BROKEN, ":22: step: ZeroDivisionError: division by zero (with start=4.0)"),
        (("abs(s.w)", "'big'"), ":26: measure size: one number is needed, not str 'big'"),
        (("[s.w], [0.0]", "[s.w], [0.0, 1.0]"), ":31: show: Points: x and y must have the same length"),
        (("return Frame(", "return dict("), ":30: show returns a dict, not a Frame"),
        (("rng.uniform()", "__import__('random').random()"), ": the same seed gives another run each time"),
        (
            ("abs(s.w)", "abs(s.w) if s.epochs else float('nan')"),
            ": warning: measure size is not a number from",
        ),
        (
            ('return {"w": s.w,', 's.w += 1\n    return {"w": s.w,'),
            ":26: measure changes s.w: it must only look",
        ),
        (
            ('"chance": s.chance', '"chance": s.rng.normal()'),
            ":26: measure changes s.rng: it must only look",
        ),
        (
            ("PREDICTIONS = []", 'PREDICTIONS = []\nUNITS = {"v": "m"}'),
            ": UNITS names v, which is no measure",
        ),
        (
            ("PREDICTIONS = []", 'PREDICTIONS = []\nCOMPARE = "until loss_* < 1"'),
            ": COMPARE names loss_*, which is no measure",
        ),
        (
            ("PREDICTIONS = []", 'PREDICTIONS = []\nTHEORY = {"v": ("limit", 0.02)}'),
            ": THEORY names v, which is no measure",
        ),
        (
            ("PREDICTIONS = []", 'PREDICTIONS = []\nTHEORY = {"start": ("limit", "v")}'),
            ": THEORY names v, which is no measure",
        ),
        (
            ('help="where it begins"', 'help="where it begins", when="share == 0.9"'),
            ": knob start changes the run although its when= says that it does not count",
        ),
        (("s.epochs += 1", "import os; os._exit(7)"), ": the demo ended its process (exit status 7)"),
        (("TERMS =", "import os; os._exit(7)\nTERMS ="), ": the demo ended its process (exit status 7)"),
    ],
)
def test_a_demo_that_cannot_be_shown_is_reported_with_its_line(deck, change, said):
    deck.demo(change)
    (problem,) = deck.problems()
    assert problem.startswith(f"demos/halving.py{said}")


def test_divergence_at_an_end_of_a_knob_is_no_problem(deck):
    deck.demo(("high=0.9", "high=1e300"))
    assert deck.problems() == []


def test_two_demos_of_one_name_are_told(deck):
    deck.demo(name="half_ing")
    deck.demo(name="half-ing")
    told = deck.problems(trusted=False)
    assert len([problem for problem in told if "there is another demo half-ing" in problem]) == 1
