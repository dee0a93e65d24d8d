"""The bundled demo files as pages to read."""

import ast
import re
from pathlib import Path

import pytest

from mlterms import nn, plot
from mlterms.base.paths import bundle
from mlterms.demo.load import list_demos

FILES = sorted((bundle() / "demos").glob("*.py"))
DEMOS = list_demos(bundle() / "demos")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_demo_is_a_page(path) -> None:  # type: ignore[no-untyped-def]  # pytest gives a Path
    lines = path.read_text(encoding="utf-8").splitlines()
    assert 40 <= len(lines) <= (140 if path.stem == "playground" else 120)  # there everything is a knob
    assert max(map(len, lines)) <= 110


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_a_demo_says_what_to_look_for_and_what_it_decides(demo) -> None:  # type: ignore[no-untyped-def]  # a DemoInfo
    assert demo.problem is None or demo.problem == ""
    assert demo.terms
    assert len(demo.predictions) >= 2
    assert demo.about
    assert 2 <= len(re.findall(r"[.?](?=\s|$)", demo.about)) <= 5
    assert max(map(len, demo.about.splitlines())) <= 103
    assert 2 <= len(demo.tries) <= 3
    assert all(len(each.text) <= 130 and each.text.endswith((".", "?")) for each in demo.tries)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_demo_imports_only_numpy_and_what_demos_are_made_of(path) -> None:  # type: ignore[no-untyped-def]  # a Path
    tree = ast.parse(path.read_text(encoding="utf-8"))
    roots = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert roots <= {"mlterms.demo", "mlterms.plot", "mlterms.nn", "numpy.polynomial"}


def test_each_piece_of_a_picture_is_used_by_two_demos_or_more() -> None:
    """`Band` is for many runs drawn beside one, which every demo has."""
    kinds = {path.stem.capitalize() for path in (Path(plot.__file__).parent / "marks").glob("[a-z]*.py")}
    assert {"Curve", "Network", "Note"} <= kinds
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    users = {kind: sum(f"{kind}(" in text or f"{kind}s(" in text for text in texts) for kind in kinds}
    users["Formula"] += sum("unit_formula(" in text for text in texts)
    assert {kind for kind, count in users.items() if count < 2} == {"Band"}


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_a_demo_has_two_or_three_knobs_besides_views_and_those_of_one_method(bench, demo) -> None:  # type: ignore[no-untyped-def]  # a Bench and a DemoInfo
    knobs = bench.demo(demo.name).settings.KNOBS
    always = [knob for knob in knobs.values() if not knob.view and knob.when is None]
    if demo.name != "playground":  # where everything is a knob
        assert 2 <= len(always) <= 3
    assert all(knob.help for knob in knobs.values())


@pytest.mark.parametrize("name", ["weight", "neuron", "bias", "loss", "epoch", "batch_size", "optimizer"])
def test_a_step_down_the_gradient_has_a_line_that_names_the_gradient(name: str) -> None:
    tree = ast.parse((bundle() / "demos" / f"{name}.py").read_text(encoding="utf-8"))
    names = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert names & {"gradient", "gradient_w"}
    assert not any("slope" in name for name in names)


OF_ITSELF = {"sigmoid": {"sigmoid"}, "relu": {"relu"}}  # what a demo defines because it is about that
BY_HAND = {
    "mse": r"np\.mean\(\([^,]*\) \*\* 2\)",  # with an axis it is another one
    "sigmoid": r"1 / \(1 \+ np\.exp\(-z\)\)",
    "binary_cross_entropy": r"np\.logaddexp|np\.log1p",
    "soft_threshold": r"np\.sign\(.*np\.maximum",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_demo_takes_what_it_is_not_about_from_the_small_network(path) -> None:  # type: ignore[no-untyped-def]  # a Path
    text = path.read_text(encoding="utf-8")
    shared = {*nn.__all__, *nn.ACTIVATIONS}
    defined = {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)} & shared
    by_hand = {name for name, pattern in BY_HAND.items() if re.search(pattern, text)}
    assert defined | by_hand <= OF_ITSELF.get(path.stem, set())
