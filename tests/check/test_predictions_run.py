"""Predictions: run from every seed, one option is true, always the same, and not by a hair."""

import sys

import pytest

posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGALRM")

SMALLER = "slow.size < 0.5 * fast.size"
LARGER = "fast.size < 0.5 * slow.size"


def predict(
    *conditions: str,
    slow: str = "{knobs: {share: 0.9}, until: {updates: 20}}",
    fast: str = "{knobs: {share: 0.2}, until: {updates: 20}}",
    explain: str = "it is {fast.size} and {slow.size}",
) -> str:
    options = "\n".join(f'  - {{text: "option {i}", when: {when}}}' for i, when in enumerate(conditions, 1))
    return f"""### predict: which-shrinks
Which is smaller in the end?
```yaml
demo: halving
runs:
  slow: {slow}
  fast: {fast}
options:
{options}
explain: "{explain}"
```
"""


ASKED = predict(SMALLER, LARGER, "otherwise")


def test_a_prediction_that_holds_from_every_seed_is_no_problem(deck):
    deck.card(ASKED)
    deck.demo(("PREDICTIONS = []", 'PREDICTIONS = ["halving/which-shrinks"]'))
    report = deck.check(seeds=20)
    assert deck.told(report) == []
    assert (report.runs_made, report.runs_not_made, report.demos_run) == (40, 0, 1)


# What is wrong with it → the question, and what is said of it.
FAULTS = {
    "two-true": (
        predict("slow.size < 2", "fast.size < 2", "otherwise"),
        "with seeds 0, 1, 2: options 1, 2 are true at once",
    ),
    "none-true": (predict("slow.size > 2", "fast.size > 2"), "with seeds 0, 1, 2: no option is true"),
    "thin": (
        predict("slow.size < 1.0000001 * slow.size", "otherwise"),
        "with seeds 0, 1, 2: `slow.size < 1.0000001 * slow.size` is so near that a millionth decides",
    ),
    "by-chance": (
        predict("slow.chance < 0.3", "slow.chance > 0.4", "otherwise"),
        "the outcome is not always the same: “option 2” with seeds 0, 1; “option 1” with seed 2",
    ),
    "no-measure": (predict("slow.sise < 2", "otherwise"), "did you mean `slow.size`?"),
    "no-knob": (
        predict(SMALLER, "otherwise", slow="{knobs: {shore: 0.9}, until: {updates: 20}}"),
        "demo halving: run slow with seed 0: no knob 'shore'; did you mean share?",
    ),
    "outside": (
        predict(SMALLER, "otherwise", slow="{knobs: {share: 2}, until: {updates: 20}}"),
        "demo halving: run slow with seed 0: share can be 0.1 to 0.9; 2 is outside",
    ),
    "until-nothing": (
        predict(SMALLER, "otherwise", slow="{knobs: {}, until: {updates: 20, when: sise < 1}}"),
        "`until: sise < 1`: there is no measure sise; the measures are w, size, chance, epochs",
    ),
    "endless": (
        predict("slow.epochs > 9", "otherwise", slow="{knobs: {lazy: true}, until: {epochs: 1}}"),
        "with seeds 0, 1, 2: run slow does not end within 20,000 updates",
    ),
    "explained-by-nothing": (
        predict(LARGER, "otherwise", explain="it is {fast.sise}"),
        "explain: `{fast.sise}` has no value",
    ),
    "undefined": (
        predict("log(-slow.size) < 0", "otherwise"),
        "option 1 cannot be worked out (log is defined for positive numbers only)",
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory, make_deck):
    """What is said of a card with all these questions: one process, and one line a question."""
    deck = make_deck(tmp_path_factory.mktemp("faults") / "deck")
    named = [question.replace("which-shrinks", slug) for slug, (question, _) in FAULTS.items()]
    path = deck.card("\n".join(named))
    deck.demo(
        ("class Settings(Knobs):", "class Settings(Knobs):\n    lazy: bool = knob(False)"),
        ("s.epochs += 1", "s.epochs += not knobs.lazy"),
    )
    return path, deck.problems("content")


@pytest.mark.parametrize("slug", FAULTS)
def test_a_prediction_that_does_not_decide_is_reported_at_its_question(told, line_of, slug):
    path, problems = told
    line = line_of(path, f"### predict: {slug}")
    (problem,) = [problem for problem in problems if problem.startswith(f"content/halving.md:{line}: ")]
    assert FAULTS[slug][1] in problem


def test_a_run_may_end_on_a_condition_and_be_compared_by_its_epochs(deck):
    deck.card(
        predict(
            "fast.epochs == 3 and slow.epochs == 22",
            "otherwise",
            slow="{knobs: {share: 0.9}, until: {when: size < 0.1, updates: 100}}",
            fast="{knobs: {share: 0.2}, until: {epochs: 3}}",
        )
    )
    deck.demo()
    assert deck.problems() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("s.w *= knobs.share", "s.w *= knobs.shore"), "'Settings' object has no attribute 'shore' ("),
        (("s.w *= knobs.share", "import os; os._exit(3)"), "seed 0 ended its process (exit status 3)"),
        (('"w": s.w,', '"size": float("nan"),'), "slow.w"),
        (("import Points", "import Pints"), "cannot import name 'Pints'"),
        (("def step", "def stop"), "the function step is missing"),
        (('TERMS = ["halving"]', "TERMS = 3"), "demo halving cannot be run: "),
        (
            ("abs(s.w)", 'float("nan")'),
            "fast.size is not a number, which makes every comparison with it false",
        ),
    ],
)
def test_a_demo_that_fails_is_reported_at_the_question_too(deck, line_of, change, said):
    path = deck.card(predict("slow.size > 9", "fast.size < 1 and slow.w > 0", "otherwise"))
    deck.demo(change)
    problems = deck.problems(path=str(path.relative_to(deck.root)))
    assert problems[0].startswith(f"content/halving.md:{line_of(path, '### predict')}: ")
    assert said in problems[0]


@posix
def test_a_step_that_hangs_beyond_interruption_is_ended(deck, line_of):
    path = deck.card(ASKED)
    loop = "import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN)\n    while True: pass"
    deck.demo(("s.w *= knobs.share", loop))
    line = line_of(path, "### predict")
    assert deck.problems("content", step=3) == [
        f"content/halving.md:{line}: run slow with seed 0 did not end within 3 s"
    ]


def test_a_missing_demo_is_reported(deck, line_of):
    path = deck.card(ASKED)
    deck.demo(name="other")
    (problem,) = deck.problems("content")
    assert problem.startswith(
        f"content/halving.md:{line_of(path, '### predict')}: there is no demo `halving`"
    )


def test_without_chance_in_it_a_run_is_made_once_and_counts_for_every_seed(deck):
    noted = deck.root / "noted"
    deck.card(ASKED)
    deck.demo(("rng.uniform()", f"open({str(noted)!r}, 'a').write('x') and 0.5"))
    report = deck.check("content", seeds=20)
    assert deck.told(report) == []
    assert report.runs_made == 40
    assert len(noted.read_text()) == 2


@pytest.mark.parametrize("draws", ["setup", "step", "show", "spawn"])
def test_a_run_with_chance_in_it_is_made_from_every_seed(deck, draws):
    noted = deck.root / "noted"
    deck.card(ASKED)
    note = ("epochs=0", f"epochs=len(open({str(noted)!r}, 'a').write('x') * [])")
    draw = {
        "setup": ("rng.uniform()", "rng.uniform()"),
        "step": ("s.epochs += 1", "s.epochs += 1 + 0 * s.rng.integers(9)"),
        "show": ('"chance": s.chance', '"chance": s.rng.uniform()'),
        "spawn": ("rng.uniform()", "rng.spawn(1)[0].uniform()"),
    }[draws]
    deck.demo(draw, note) if draws in ("setup", "spawn") else deck.demo(("rng.uniform()", "0.5"), draw, note)
    assert deck.problems("content", seeds=4) == []
    assert len(noted.read_text()) == 2 * 4
