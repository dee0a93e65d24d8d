"""`mlterms demo` in the shell: the list, a demo's options, and what comes out without a terminal."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from mlterms.base.paths import bundle

Run = Callable[..., subprocess.CompletedProcess[str]]

NAMES = {path.stem.replace("_", "-") for path in (bundle() / "demos").glob("*.py")}
IN_STUDY_ORDER = ["weight", "bias", "neuron", "loss", "batch-size", "epoch"]  # each needs the one before

BROKEN = '''"""Broken: it fails at the third update."""
from mlterms.demo import Frame, Knobs, State, knob

TERMS = ["broken"]


class Settings(Knobs):
    rate: float = knob(1.0, low=0, high=2)


def setup(knobs, rng):
    return State(w=0)


def step(s, knobs):
    s.w += 1
    1 / (3 - s.w)


def measure(s, knobs):
    return {"w": s.w}


def show(s, knobs, past):
    return Frame(says="so far \\x1b[31mso good")
'''


@pytest.fixture
def deck(home: dict[str, str], tmp_path: Path) -> Path:
    """A deck of the learner's own, in the settings and not yet trusted."""
    root = tmp_path / "deck"
    (root / "content").mkdir(parents=True)
    (root / "content" / "deck.toml").write_text('id = "mine"\ntitle = "Mine"\n')
    (root / "demos").mkdir()
    (root / "demos" / "broken.py").write_text(BROKEN)
    config = tmp_path / ".config" / "mlterms"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'decks = ["{root}"]\n')
    return root


# the list


def test_alone_it_lists_the_demos(mlterms: Run) -> None:
    ran = mlterms("demo")
    assert ran.returncode == 0
    lines = ran.stdout.splitlines()
    names = [line.split()[0] for line in lines if line.startswith("  ")]
    assert set(names) == NAMES
    assert [name for name in names if name in IN_STUDY_ORDER] == IN_STUDY_ORDER
    topics = [line for line in lines if line and not line.startswith(" ")]
    assert len(topics) == len(set(topics)) > 3
    assert "(epoch, batch size)" in ran.stdout


def test_the_list_as_json(mlterms: Run) -> None:
    rows = [json.loads(line) for line in mlterms("demo", "--json").stdout.splitlines()]
    assert {row["name"] for row in rows} == NAMES
    assert rows[0].keys() == {"name", "title", "topic", "terms", "path"}


@pytest.mark.parametrize(
    ("words", "first"), [("DROPOUT", "dropout"), ("outlier line", "mse-mae"), ("handwriting", "digits")]
)
def test_the_list_is_searched_by_name_text_and_terms(mlterms: Run, words: str, first: str) -> None:
    found = [
        json.loads(line)["name"] for line in mlterms("demo", "--search", words, "--json").stdout.splitlines()
    ]
    assert first in found
    assert len(found) < len(NAMES) / 2


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("faces", "generalization"),
        ("face", "generalization"),
        ("heat map", "playground"),
        ("spiral", "playground"),
        ("intercept", "bias"),  # another name of the term
        ("weight", "weight"),
        ("momentum", "momentum"),  # the optimizer's terms have it, too
    ],
)
def test_what_fits_best_is_found_first(mlterms: Run, words: str, first: str) -> None:
    lines = mlterms("demo", "--search", words, "--json").stdout.splitlines()
    assert json.loads(lines[0])["name"] == first


def test_a_search_that_finds_nothing_says_so(mlterms: Run) -> None:
    ran = mlterms("demo", "--search", "zebra")
    assert ran.returncode != 0
    assert "no demo is about 'zebra'" in ran.stderr


@pytest.mark.parametrize("arguments", [["demo"], ["demo", "--json"], ["demo", "-h"]])
def test_listing_imports_neither_numpy_nor_textual(
    mlterms: Run, home: dict[str, str], arguments: list[str]
) -> None:
    mlterms("demo")  # the index, of which the order comes, is made once
    program = (
        "import sys\n"
        "from mlterms.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    pass\n"
        "found = {'numpy', 'textual', 'pydantic'} & set(sys.modules)\n"
        "assert not found, found\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=home, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


def test_a_demo_of_your_own_is_listed_unrun_and_a_broken_file_is_reported(mlterms: Run, deck: Path) -> None:
    (deck / "demos" / "bad.py").write_text("def (")
    ran = mlterms("demo")
    assert "broken " in ran.stdout
    assert "bad.py:1: not Python" in ran.stderr


def test_a_demo_of_ones_own_with_a_name_that_is_taken_is_listed_and_found(mlterms: Run, deck: Path) -> None:
    (deck / "demos" / "epoch.py").write_text(BROKEN.replace("Broken: it fails", "Mine: it fails"))
    listed = mlterms("demo").stdout
    assert "  epoch " in listed
    assert "  mine:epoch " in listed
    assert mlterms("demo", "epoch", "--plain", "--updates", "1").stdout.startswith("Epoch: ")
    assert mlterms("trust", str(deck)).returncode == 0
    for name in ("mine:epoch", "Mine:Epoch"):
        assert mlterms("demo", name, "--plain", "--updates", "1").stdout.startswith("Mine: ")


def test_a_strange_name_moves_no_other_row_and_stays_in_one_line(mlterms: Run, deck: Path) -> None:
    plain = mlterms("demo").stdout.splitlines()
    for name in ("x" * 200, "epo\nque"):
        (deck / "demos" / f"{name}.py").write_text(BROKEN)
    shown = mlterms("demo").stdout.splitlines()
    assert [line for line in shown if line in plain] == plain
    assert len(shown) == len(plain) + 2
    assert "did you mean epo que?" in mlterms("demo", "epoque").stderr


# names and options


@pytest.mark.parametrize(
    ("name", "meant"), [("epok", "epoch"), ("overfiting", "overfitting"), ("batchsize", "batch-size")]
)
def test_an_unknown_name_suggests_the_nearest(mlterms: Run, name: str, meant: str) -> None:
    ran = mlterms("demo", name)
    assert ran.returncode == 2
    assert f"did you mean {meant}?" in ran.stderr


@pytest.mark.parametrize("name", ["batch size", "batch_size", "Batch-Size"])
def test_names_are_taken_as_people_write_them(mlterms: Run, name: str) -> None:
    assert mlterms("demo", name, "--plain", "--updates", "1").stdout.startswith("Batch size: ")


def test_each_knob_is_an_option_with_its_range(mlterms: Run) -> None:
    told = " ".join(mlterms("demo", "epoch", "-h").stdout.split())
    assert "--batch-size VALUE How many examples each update looks at (1 to 100; default 10)." in told
    assert "--learning-rate VALUE" in told
    assert "Epoch: one pass over all the examples" in told
    assert " Try: " in told


def test_a_symbol_stays_small_and_a_question_has_one_mark(mlterms: Run) -> None:
    told = " ".join(mlterms("demo", "l1", "-h").stdout.split())
    assert "λ: how hard it pulls (" in told
    assert "which weights survive? There are twenty features." in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--batch-size", "1000"], "batch size can be 1 to 100; 1000 is outside"),
        (["--batch-size", "ten"], "batch size is a whole number"),
        (["--replacement", "perhaps"], "replacement can be on or off"),
        (["--updates", "1000001"], "from 0 to 1,000,000, not 1000001"),
        (["--seed", "-1"], "a seed is a whole number from 0"),
        (["--at", "5:batch_size=2"], "batch size cannot be turned during a run"),
        (["--at", "5:learning_rate"], "a change is written UPDATE:KNOB=VALUE"),
        (["--at", "5:rate=2"], "no knob 'rate'"),
        (["--until", "loss <"], "--until 'loss <'"),
        (["--until", "loss"], "--until 'loss': it compares nothing; write it like loss < 0.01"),
        (["--until", "lose < 1"], "there is no measure lose"),
        (["--every", "2"], "--every needs a number of at least 1"),
        (["--momentum", "1"], "there is no option"),
    ],
)
def test_an_impossible_call_is_explained_and_exits_with_2(
    mlterms: Run, arguments: list[str], told: str
) -> None:
    ran = mlterms("demo", "epoch", *arguments)
    assert ran.returncode == 2
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


# what comes out


def test_piped_it_prints_the_final_picture_the_measures_and_what_it_says(mlterms: Run) -> None:
    arguments = ("--updates", "30", "--batch-size", "1")
    ran = mlterms("demo", "epoch", *arguments, COLUMNS="72")
    said = json.loads(mlterms("demo", "epoch", *arguments, "--json").stdout.splitlines()[-1])["says"]
    assert ran.returncode == 0
    assert "seed 0, after 30 updates and 0 epochs" in ran.stdout
    assert "start loss 5.107" in ran.stdout
    assert said in " ".join(ran.stdout.split())
    assert "\x1b" not in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 72
    assert mlterms("demo", "epoch", *arguments, "--plain", COLUMNS="72").stdout == ran.stdout


def test_plain_explains_nats_where_a_loss_is_measured_in_them(mlterms: Run) -> None:
    assert mlterms("demo", "neuron", "--plain").stdout.count("Nats are the unit of surprise") == 1
    assert "Nats are" not in mlterms("demo", "softmax", "--plain").stdout
    assert "Nats are" not in mlterms("demo", "bias", "--plain").stdout  # its other task has a loss in nats


def test_a_knob_that_does_not_count_is_said_to_change_nothing(mlterms: Run) -> None:
    ran = mlterms("demo", "neuron", "--weight-1", "10", "--updates", "1", "--json")
    said = "--weight-1 changes nothing here: it counts only if method is by hand.\n"
    assert (ran.returncode, ran.stderr) == (0, said)
    assert mlterms("demo", "neuron", "--method", "by hand", "--weight-1", "10", "--plain").stderr == ""
    assert "only if method is by hand)." in " ".join(mlterms("demo", "neuron", "-h").stdout.split())


def test_plain_in_an_ascii_locale_is_ascii(mlterms: Run) -> None:
    assert mlterms("demo", "neuron", "--plain", LANG="C").stdout.isascii()


def test_until_stops_where_it_first_holds(mlterms: Run) -> None:
    lines = mlterms(
        "demo", "optimizer", "--until", "loss_gradient_descent < 0.001", "--json"
    ).stdout.splitlines()
    losses = [json.loads(line)["measures"]["loss_gradient_descent"] for line in lines]
    assert losses[-1] < 0.001 <= min(losses[:-1])
    assert json.loads(lines[-1])["update"] == 199
    plain = mlterms("demo", "optimizer", "--until", "loss_gradient_descent < 0.001").stdout
    assert "after 199 updates" in plain


@pytest.mark.parametrize("printed", [[], ["--json"], ["--svg", "-"], ["--cast", "-"]])
def test_until_that_is_not_met_is_said_and_exits_with_1(mlterms: Run, printed: list[str]) -> None:
    ran = mlterms("demo", "optimizer", "--until", "loss_gradient_descent < 0", "--updates", "20", *printed)
    assert (ran.returncode, ran.stderr) == (1, "mlterms: not reached within 20 updates\n")
    assert ran.stdout


def test_until_may_name_a_measure_that_is_not_there_at_first(mlterms: Run) -> None:
    ran = mlterms("demo", "weight", "--method", "gradient descent", "--until", "most_for_length > 0")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "after 1 update" in ran.stdout
    late = mlterms("demo", "forward-pass", "--until", "output > -1000")
    assert (late.returncode, late.stderr) == (0, "")
    unknown = mlterms("demo", "weight", "--until", "most_for_lenght > 3")
    assert unknown.returncode == 2
    assert "there is no measure most_for_lenght; the measures are loss," in unknown.stderr
    assert "most_for_length" in unknown.stderr


def test_json_is_one_object_a_frame(mlterms: Run) -> None:
    frames = [
        json.loads(line) for line in mlterms("demo", "epoch", "--json", "--updates", "5").stdout.splitlines()
    ]
    assert [frame["update"] for frame in frames] == [0, 1, 2, 3, 4, 5]
    assert frames[0].keys() == {"update", "epochs", "measures", "says"}
    every = mlterms("demo", "epoch", "--json", "--updates", "11", "--every", "4").stdout.splitlines()
    assert [json.loads(line)["update"] for line in every] == [0, 4, 8, 11]


def test_json_has_words_for_what_is_no_number(mlterms: Run) -> None:
    arguments = ("--learning-rate", "1", "--json", "--updates", "200", "--every", "200")
    last = json.loads(mlterms("demo", "optimizer", *arguments).stdout.splitlines()[-1])
    assert last["measures"]["loss_gradient_descent"] in ("inf", "NaN")
    assert "since update" in last["trouble"]


def test_knobs_are_turned_on_the_way(mlterms: Run) -> None:
    def last(*arguments: str) -> dict[str, float]:
        return json.loads(mlterms("demo", "epoch", "--json", *arguments).stdout.splitlines()[-1])["measures"]

    plain = last("--updates", "60")
    assert last("--updates", "60", "--at", "40:learning_rate=0.2") != plain
    assert last("--updates", "60", "--at", "60:learning_rate=0.2") == plain
    assert last("--updates", "60", "--at", "0:learning-rate=0.2") == last(
        "--updates", "60", "--learning-rate", "0.2"
    )


def test_svg_saves_the_picture(mlterms: Run, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    ran = mlterms("demo", "loss", "--svg", str(path), "--updates", "50")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert xml.etree.ElementTree.parse(path).getroot().tag.endswith("svg")
    assert mlterms("demo", "loss", "--svg", str(tmp_path / "no" / "x.svg")).returncode == 1


@pytest.mark.parametrize("option", ["--svg", "--cast"])
def test_a_picture_replaces_an_older_one_and_nothing_else(option: str, mlterms: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("Buy milk.\n")
    ran = mlterms("demo", "learning-rate", "--updates", "2", option, str(path))
    assert (ran.returncode, path.read_text()) == (2, "Buy milk.\n")
    assert "already exists" in ran.stderr
    path.write_text("")  # as mktemp leaves it
    assert mlterms("demo", "learning-rate", "--updates", "2", option, str(path)).returncode == 0
    before = path.read_text("utf-8")
    assert mlterms("demo", "learning-rate", "--updates", "3", option, str(path)).returncode == 0
    assert path.read_text("utf-8") != before


# what goes wrong


CHATTY = (
    BROKEN.replace("class ", 'print("load")\n\n\nclass ')
    .replace("    1 / (3 - s.w)", '    print("step")')
    .replace("    return State", '    print("setup")\n    return State')
    .replace("    return Frame", '    print("show")\n    return Frame')
)


def test_a_recording_is_an_asciicast_that_ends_where_the_run_does(mlterms: Run, tmp_path: Path) -> None:
    path = tmp_path / "run.cast"
    mlterms("demo", "learning-rate", "--updates", "6", "--cast", str(path))
    header, *events = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert (header["version"], header["width"], header["height"]) == (2, 80, 24)
    assert [event[1] for event in events] == ["o"] * 8  # seven pictures, and the cursor at the end
    times = [event[0] for event in events]
    assert times == sorted(times)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", events[-2][2]).split("\r\n")
    assert plain[0].endswith("6 updates")
    assert len(plain) <= 24
    assert max(map(len, plain)) <= 80
    assert mlterms("demo", "learning-rate", "--updates", "6", "--cast", "-").stdout == path.read_text("utf-8")


def test_what_a_demo_prints_is_kept_out_of_what_was_asked_for(mlterms: Run, deck: Path) -> None:
    (deck / "demos" / "broken.py").write_text(CHATTY)
    assert mlterms("trust", str(deck)).returncode == 0
    ran = mlterms("demo", "broken", "--json", "--updates", "3")
    assert [json.loads(line)["update"] for line in ran.stdout.splitlines()] == [0, 1, 2, 3]
    assert {"load", "setup", "step", "show"} <= set(ran.stderr.split())


def test_a_fault_of_a_demo_exits_with_1_and_says_where(mlterms: Run, deck: Path) -> None:
    assert mlterms("trust", str(deck)).returncode == 0
    for arguments in ([], ["--json"], ["--plain", "--updates", "9"]):
        ran = mlterms("demo", "broken", *arguments)
        assert ran.returncode == 1
        assert f"{deck / 'demos' / 'broken.py'}:17: step: ZeroDivisionError" in ran.stderr
        assert "Traceback" not in ran.stderr
        assert "2" in ran.stdout  # the last frame that went well
        assert "\x1b" not in ran.stdout


def test_a_demo_in_a_folder_that_is_not_trusted_is_not_run(mlterms: Run, deck: Path) -> None:
    (deck / "demos" / "broken.py").write_text(BROKEN.replace("TERMS", "print('it ran')\nTERMS"))
    for arguments in ([], ["-h"], ["--plain"], ["--rate", "1"]):
        ran = mlterms("demo", "broken", *arguments)
        assert ran.returncode == 1
        assert "mlterms trust" in ran.stderr
        assert "it ran" not in ran.stdout
    assert mlterms("trust", str(deck)).returncode == 0
    (deck / "demos" / "broken.py").write_text(BROKEN + "print('it ran, and had changed')\n")
    ran = mlterms("demo", "broken")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "changed since" in ran.stderr


def test_without_a_terminal_nothing_hangs(mlterms: Run) -> None:
    assert mlterms("demo", "weight", TERM="dumb").returncode == 0
    assert mlterms("demo", "weight", "--predict").returncode == 0
