"""Listing and loading demo files: what is read, and where the author is sent when something is wrong."""

import subprocess
import sys
import warnings
from importlib.util import cache_from_source
from pathlib import Path
from py_compile import PycInvalidationMode
from py_compile import compile as compile_copy

import pytest

from mlterms.base.errors import FileError
from mlterms.demo.guard import DemoFault
from mlterms.demo.load import demo_path, list_demos, load_demo, read_demo
from mlterms.demo.tries import Try

BODY = """def setup(knobs, rng):
    return State(w=1.0)


def step(s, knobs):
    s.w -= knobs.rate


def measure(s, knobs):
    return {"w": s.w}


def show(s, knobs, past):
    return Frame()
"""


def test_the_text_says_what_a_demo_is_without_running_it(write, head):
    text = (
        head.replace("TERMS = [", 'PREDICTIONS = ["term/first"]\nTERMS = ["other", ') + "raise SystemExit\n"
    )
    info = read_demo(write(text, "batch_size.py"))
    assert (info.name, info.title, info.about) == ("batch-size", "A title", "What to look for.")
    assert (info.terms, info.predictions, info.problem) == (("other", "term"), ("term/first",), None)


def test_a_docstring_has_a_title_what_you_see_and_what_to_try(write, head):
    text = head.replace("for.", "for.\n\nIn two parts.\n\nTry: one thing,\nthen another.")
    info = read_demo(write(text, "walk.py"))
    assert info.about == "What to look for.\n\nIn two parts."
    assert info.tries == (Try("one thing, then another."),)


def test_a_folder_is_listed_by_name_and_a_broken_file_takes_no_other_down(write, head, tmp_path):
    write(head + BODY, "b_demo.py")
    write(head + BODY, "a-demo.py")
    write("def (", "broken.py")
    write(head + BODY, "_shared.py")
    write("not python", "notes.txt")
    listed = list_demos(tmp_path)
    assert [info.name for info in listed] == ["a-demo", "b-demo", "broken"]
    assert [info.problem is None for info in listed] == [True, True, False]
    assert str(listed[2].problem) == f"{tmp_path / 'broken.py'}:1: not Python: invalid syntax"


def test_two_files_of_one_name_are_told(write, head, tmp_path):
    write(head + BODY, "a-demo.py")
    write(head + BODY, "a_demo.py")
    first, second = list_demos(tmp_path)
    assert first.problem is None
    assert "there is another demo a-demo" in str(second.problem)


def test_a_folder_that_is_not_there_has_no_demos(tmp_path):
    assert list_demos(tmp_path / "none") == []
    assert demo_path(tmp_path / "none", "x") is None


@pytest.mark.parametrize("file", ["batch_size.py", "batch-size.py"])
def test_a_demo_is_found_by_either_spelling(write, head, tmp_path, file):
    path = write(head + BODY, file)
    assert demo_path(tmp_path, "batch-size") == demo_path(tmp_path, "batch_size") == path
    assert demo_path(tmp_path, "batch") is None


def test_a_loaded_demo_holds_its_source_and_its_functions(write, head):
    demo = load_demo(write(head + BODY, "fine.py"))
    assert demo.source == head + BODY
    assert demo.settings(rate=0.5).rate == 0.5
    assert (demo.name, demo.line("setup"), demo.line("step")) == ("fine", 17, 21)


def test_the_bytes_that_were_trusted_are_run_and_not_the_file(write, head):
    path = write("raise ValueError\n")
    demo = load_demo(path, (head + BODY).encode())
    assert demo.source == head + BODY


def test_loading_leaves_no_module_behind(write, head):
    before = set(sys.modules)
    load_demo(write(head + BODY, "fine.py"))
    assert {name for name in set(sys.modules) - before if "demo" in name} == set()


def test_an_import_runs_the_source_and_not_a_compiled_copy_that_came_with_the_deck(write, head, tmp_path):
    demos = tmp_path / "deck" / "demos"
    demos.mkdir(parents=True)
    (demos / "some_helper.py").write_text("ANSWER = 'trusted'\n")
    copy = Path(cache_from_source(str(demos / "some_helper.py")))
    copy.parent.mkdir()
    (demos / "evil.py").write_text("ANSWER = 'evil'\n")
    compile_copy(str(demos / "evil.py"), str(copy), invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    own = f"import sys\n\nsys.path.insert(0, {str(demos)!r})\nimport some_helper\n\nsys.path.pop(0)\n"
    (demos / "x.py").write_text(head + own + "SAYS = some_helper.ANSWER\n" + BODY)
    try:
        assert load_demo(demos / "x.py").setup.__globals__["SAYS"] == "trusted"
        assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    finally:
        sys.modules.pop("some_helper", None)


def test_a_demo_may_hold_a_dataclass_of_its_own(load, head):
    own = "from dataclasses import dataclass\n\n\n@dataclass\nclass Ball:\n    at: 'float' = 0.0\n\n\n"
    assert load(head + own + BODY).name == "some-demo"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"""A title.\n\nWhat to look for."""', "", 1, "a demo begins with a docstring"),
        ('"""A title.', '"""\nA title', 0, ""),
        ('TERMS = ["term"]', "", 0, 'say which terms it shows: TERMS = ["learning-rate"]'),
        ('["term"]', "[3]", 9, 'TERMS is a list of ids in quotes: TERMS = ["…", "…"]'),
        ('["term"]', "list_of_terms()", 9, "TERMS is a list of ids in quotes"),
        ('["term"]', '"term"', 9, "TERMS is a list of ids in quotes"),
        ('["term"]', '["term"]\nPACE = "slow"', 10, "PACE is how many updates a second it begins with"),
        ('["term"]', '["term"]\nPACE = 0', 10, "PACE is how many updates a second it begins with"),
        (
            "class Settings(Knobs)",
            "class Setting(Knobs)",
            0,
            "a demo has its knobs in a class: class Settings",
        ),
        ("class Settings(Knobs)", "class Settings", 0, "a demo has its knobs in a class"),
        ("def measure", "def measures", 0, "the function measure is missing: write def measure(s, knobs)"),
        ("show(s, knobs, past)", "show(s, knobs)", 29, "show takes (s, knobs, past), not (s, knobs): write"),
        (
            "return Frame()",
            'return Frame(measures={"w": s.w})',
            30,
            'a Frame holds no measures: write def measure(s, knobs): return {"loss": …}, and def show(s, kn',
        ),
        ("return Frame()", 'return Frame(units={"w": "m"})', 30, 'a Frame holds no units: write UNITS = {"'),
        ('for."', 'for.\n\nTry: this.\n\nAnd that."', 5, "the docstring ends with one paragraph that begins"),
        ('for."', 'for.\nTry: this."', 4, "the docstring ends with one paragraph that begins with `Try:`"),
        ('for."', 'for.\n\nTry: this.\n\nTry: that."', 7, "the docstring ends with one paragraph"),
        ('for."', 'for.\n\nTry:"', 5, "say what to try after `Try:`, or leave it out"),
        (
            "def step(s, knobs)",
            "def stop(s, knobs)",
            0,
            "the function step is missing: write def step(s, knobs)",
        ),
        (
            "def step(s, knobs)",
            "def step(s)",
            21,
            "step takes (s, knobs), not (s): write def step(s, knobs): …",
        ),
        ("def setup(knobs, rng)", "def setup(knobs, rng, more)", 17, "setup takes (knobs, rng), not"),
        ("s.w -= knobs.rate", "yield", 21, "step is a plain function, without yield or async"),
        ("def show(s", "async def show(s", 29, "show is a plain function, without yield or async"),
        ("import numpy as np", "import nampy as np", 5, "No module named 'nampy'"),
        ('["term"]', '["term"]\nTOP = 1 / 0', 10, "ZeroDivisionError: division by zero"),
        ('["term"]', '["term"]\nraise SystemExit(3)', 10, "SystemExit: 3"),
        ("low=0.001", "low=9", 12, "ValueError: knob rate: low=9 is not below high=3.0"),
        ("def step", "def def step", 21, "not Python: invalid syntax"),
        ("def step", "\0", 0, "not Python: "),
    ],
)
def test_every_fault_of_a_file_is_reported_with_its_line(write, head, old, new, line, said):
    path = write((head + BODY).replace(old, new))
    if not said:
        assert load_demo(path).title == "A title"
        return
    with pytest.raises(FileError) as caught:
        load_demo(path)
    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert said in caught.value.message


def test_a_fault_below_the_demo_is_reported_with_the_line_of_the_demo(load, head):
    with pytest.raises(DemoFault) as caught:
        load(head + "def area(r):\n    return np.zeros(-r)\n\n\nTOP = area(3)\n" + BODY)
    assert caught.value.line == 18


def test_a_file_that_is_not_utf8_is_reported_with_its_line(tmp_path, head):
    path = tmp_path / "latin.py"
    path.write_bytes(head.encode() + b"# caf\xe9\n")
    with pytest.raises(FileError, match=r":17: this is not UTF-8"):
        load_demo(path)


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(FileError, match="cannot be read: No such file"):
        load_demo(tmp_path / "none.py")


def test_a_file_that_is_no_page_is_refused(tmp_path, head):
    path = tmp_path / "big.py"
    path.write_text(head + BODY + "#" * 300_000, encoding="utf-8")
    with pytest.raises(FileError, match="at most 262,144 are read"):
        load_demo(path)


def test_what_a_docstring_says_cannot_steer_the_terminal(write, head):
    info = read_demo(write(head.replace("A title.", "A \\x1b[31mtitle").replace("look for", "see \\x07")))
    assert info.title == "A \ufffd[31mtitle"
    assert "\x07" not in info.about


def test_demos_are_listed_without_numpy_or_textual(tmp_path, head, write):
    write(head + BODY)
    code = (
        "import sys; from pathlib import Path; from mlterms.demo.load import list_demos;"
        "found = list_demos(Path(sys.argv[1])); assert found[0].problem is None, found;"
        "print([m for m in ('numpy', 'textual', 'sqlite3', 'pydantic', 'click') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_terms_that_no_set_can_hold_are_a_problem_of_the_file(write, head):
    info = read_demo(write(head.replace('TERMS = ["term"]', "TERMS = {[]}") + BODY))
    assert info.problem is not None
    assert "TERMS is a list of ids in quotes" in info.problem.message


def test_a_line_that_python_warns_of_is_not_shown(write, head):
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        info = read_demo(write(head + BODY + 'X = "\\d"  # \x1b]0;PWNED\x07\n'))
    assert info.problem is None
    assert shown == []


def test_numpy_is_imported_without_what_no_demo_needs_and_works() -> None:
    code = (
        "import sys\n"
        "from importlib import import_module\n"
        "from pkgutil import walk_packages\n"
        "import mlterms\n"
        "from mlterms.demo.lean_numpy import import_lean_numpy\n"
        "import_lean_numpy()\n"
        "for module in walk_packages(mlterms.__path__, 'mlterms.'):\n"
        "    if module.name.split('.')[1] in ('demo', 'nn', 'plot'):\n"
        "        import_module(module.name)\n"
        "print([name for name in ('_hashlib', 'secrets', 'numpy._typing') if name in sys.modules])\n"
        "import hashlib, secrets, numpy as np, numpy.typing\n"
        "print(np.zeros.__doc__, numpy.typing.NDArray[np.int8].__name__, len(secrets.token_bytes(3)))\n"
        "print(np.random.default_rng(1).integers(9), np.linalg.det(2 * np.eye(2)), hashlib.md5(b'').name)\n"
        "print(np.random.default_rng().integers(1), np.linalg.eig(np.eye(2)).eigenvalues)\n"
        "import numpy.fft, numpy.ma, numpy.polynomial\n"
        "print([name for name in sys.modules if 'newdocs' in name])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["[]", "None ndarray 3", "4 4.0 md5", "0 [1. 1.]", "[]"]
