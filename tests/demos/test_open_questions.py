"""While a question about a demo is open, the screen shows its setting, and nothing that answers it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mlterms.base.ids import QuestionId
from mlterms.base.paths import bundle
from mlterms.demo.load import Demo, list_demos
from mlterms.demo.player import Player
from mlterms.demo.run import run
from mlterms.glossary.deck import read_deck
from mlterms.glossary.types import Predict, Term
from mlterms.quiz.instance import make
from mlterms.quiz.live_prediction import LivePrediction
from mlterms.quiz.predict import compared_measures

NAMES = [demo.name for demo in list_demos(bundle() / "demos")]
DRAWS = range(30)


@pytest.fixture(scope="module")
def terms() -> Mapping[str, Term]:
    return read_deck(bundle()).terms


def asked_about(demo: Demo, terms: Mapping[str, Term]) -> Iterator[LivePrediction]:
    """Each question of the demo as it is put, with the numbers of many draws."""
    for name in demo.predictions:
        term, _, slug = name.partition("/")
        question = next(each for each in terms[term].questions if each.slug == slug)
        assert isinstance(question, Predict)
        for seed in DRAWS:
            asked = make(QuestionId(f"mlterms:{name}"), terms[term].title, question, seed)
            predicting = LivePrediction(asked, Player(demo, seed=seed), confidence=False)
            predicting.show_start()
            yield predicting


def is_short(predicting: LivePrediction) -> bool:
    """Whether one of its runs ends where it begins, or one update later."""
    return any(plan.until.updates in (0, 1) for plan in predicting.plans)


@pytest.mark.parametrize("name", NAMES)
def test_the_setting_that_is_asked_about_is_shown(bench: Any, terms: Mapping[str, Term], name: str) -> None:
    demo = bench.demo(name)
    for predicting in asked_about(demo, terms):
        assert predicting.player.update == 0
        if not is_short(predicting):
            assert predicting.player.knobs == demo.settings.of(predicting.plans[0].knobs)


@pytest.mark.parametrize("name", NAMES)
def test_the_start_does_not_show_the_numbers_that_decide(
    bench: Any, terms: Mapping[str, Term], name: str
) -> None:
    """Where there are several runs, it is the difference between them that decides."""
    demo = bench.demo(name)
    for predicting in filter(is_short, asked_about(demo, terms)):
        player, [plan, *others] = predicting.player, predicting.plans
        if not others:
            end = run(demo, plan.knobs, player.seed, updates=plan.until.updates).measures
            names = compared_measures(predicting.question)[plan.name]
            assert {name: player.measures.get(name) for name in names} != {name: end[name] for name in names}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("sigmoid", "in proportion"),  # whether z moves by as much from −6 as from −3
        ("softmax", "evens"),  # what halving all scores does
        ("softmax", "too large"),  # what happens without the shift
        ("vanishing-gradient", "before the first update"),
    ],
)
def test_what_is_seen_is_described_without_what_follows_from_it(bench: Any, name: str, told: str) -> None:
    assert told not in bench.demo(name).about.lower()


@pytest.mark.parametrize(
    ("name", "label", "panel"),
    [
        ("sgd", "expected", 1),
        ("adam", "η", 1),
        ("data-quality", "clean", 0),
        ("cross-entropy", "ln K", 0),
    ],
)
def test_theory_is_drawn_from_the_first_update_on(bench: Any, name: str, label: str, panel: int) -> None:
    player = Player(bench.demo(name))
    labels = [[mark.label for mark in player.frame.panels[panel].marks if hasattr(mark, "label")]]
    player.advance(2)
    labels.append([mark.label for mark in player.frame.panels[panel].marks if hasattr(mark, "label")])
    assert label not in labels[0]
    assert label in labels[1]


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("weight", "most_for_length"),  # any two prices give away how they are compared
        ("vanishing-gradient", "first_to_last"),
        ("weight-initialization", "last_spread"),
        ("data-quality", "noisy_to_clean"),
        ("sgd", "expected_gap"),
    ],
)
def test_what_is_asked_of_a_fresh_run_is_measured_from_the_first_update_on(
    bench: Any, name: str, measure: str
) -> None:
    assert measure not in bench.measures(name, updates=0)
    assert measure in bench.measures(name, updates=1)
