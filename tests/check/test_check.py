"""A whole check: everything in one report, in one order, trusted or not."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from mlterms.base import trust
from mlterms.base.errors import CallError
from mlterms.base.paths import bundle
from mlterms.check import check
from mlterms.check.report import CheckReport
from mlterms.glossary.problems import Problem

QUESTIONS = """
### numeric: half
What is half of {n}?
```yaml
draw:
  n: [2, 4, 6]
answer: n / 2
slips:
  - answer: n - 1
    says: "no"
explain: "half of {n} is {answer}"
```

### choice: longest
Which?
- [x] the one that is so much longer than the others that nobody has to think
- [ ] a — no
- [ ] b — no

### spot: line
Which line?
```python
x = 1
print(x - 1)
```
```python fixed
x = 1
print(x + 1)
```
The second.

### predict: shrinks
Does it shrink?
```yaml
demo: halving
runs:
  a: {knobs: {}, until: {updates: 3}}
options:
  - {text: yes, when: a.size < 0.5}
  - {text: no, when: otherwise}
explain: "it is halved"
```
"""
EXAMPLE = "\n    >>> 1\n    2\n\n    >>> 2\n    2\n"


@pytest.fixture
def full(deck):
    deck.card(QUESTIONS, EXAMPLE)
    deck.demo()
    return deck


@pytest.fixture(autouse=True)
def own_config(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))


def test_everything_is_counted_and_told_in_the_order_of_the_files(full):
    full.card("### recall: empty\n", name="broken")
    report = full.check()
    assert (report.cards, report.questions, report.demos) == (2, 4, 1)
    assert (report.examples_run, report.draws_evaluated, report.runs_made, report.demos_run) == (4, 3, 3, 1)
    assert (report.examples_not_run, report.runs_not_made, report.demos_not_run) == (0, 0, 0)
    assert report.failed
    assert list(report.problems) == sorted(report.problems)
    told = full.told(report)
    assert [line.partition(":")[0] for line in told] == ["content/broken.md"] * 2 + ["content/halving.md"] * 3
    assert "slip 1 (`n - 1`) gives 1, which counts as right" in told[-2]
    assert told[-1].endswith("shorten it, or move part into — why [longest-option]")
    assert full.told(full.check()) == told


@pytest.mark.parametrize("trusted", [True, False])
def test_problems_are_given_file_by_file_in_the_order_of_the_report(full, trusted):
    full.card(worked=EXAMPLE, name="first", front="needs: [halving]")  # by its name, not in the study order
    full.card("### recall: empty\n", name="broken")
    given: list[Problem | str] = []
    report = full.check(trusted=trusted, progress=given.append, found=given.append)
    assert [each for each in given if isinstance(each, Problem)] == list(report.problems)
    files = [Path(each.path).stem if isinstance(each, Problem) else each for each in given]
    if trusted:
        assert list(dict.fromkeys(files)) == [
            *("card broken, 1 of 4", "broken"),
            *("card first, 2 of 4", "first"),
            *("card halving, 3 of 4", "halving"),
            "demo halving, 4 of 4",
        ]


def test_without_trust_all_is_done_that_runs_nothing_and_the_rest_is_counted(full):
    report = full.check(trusted=None)
    assert (report.examples_run, report.runs_made, report.demos_run) == (0, 0, 0)
    assert (report.examples_not_run, report.runs_not_made, report.demos_not_run) == (4, 3, 1)
    assert report.draws_evaluated == 3
    assert len(full.told(report)) == 2
    assert "4 examples, 3 training runs, 1 demo not run: " in report.summary()
    assert f"mlterms trust {full.root}" in report.summary()


def test_a_folder_that_the_learner_trusts_is_run_until_it_changes(full):
    trust.trust(full.root)
    assert full.check(trusted=None).examples_not_run == 0
    full.demo(("Watch it shrink.", "Watch."))
    report = full.check(trusted=None)
    assert report.examples_run == 0
    assert report.why_not_run.startswith("demos/halving.py changed since ")


def test_what_changes_while_we_look_is_not_run(full, monkeypatch):
    trust.trust(full.root)
    noted = full.root / "noted"
    really = trust.trust_in

    def then_exchanged(folder):  # the check has decided to run; then the demo is another
        answer = really(folder)
        full.demo(("TERMS =", f"open({str(noted)!r}, 'w')\nTERMS ="))
        return answer

    monkeypatch.setattr(trust, "trust_in", then_exchanged)
    report = full.check(trusted=None)
    assert [line for line in full.told(report) if "demos/halving.py changed since" in line]
    assert report.examples_run == 4
    assert (report.runs_made, report.demos_run) == (0, 0)
    assert not noted.exists()


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("content/halving.md", (1, 0, 2)),
        ("content", (1, 0, 2)),
        ("demos/halving.py", (0, 1, 0)),
        (".", (1, 1, 2)),
    ],
)
def test_a_part_of_a_deck_is_checked_with_the_rest_known(full, path, counts):
    report = full.check(path, trusted=False)
    assert (report.cards, report.demos, len(full.told(report))) == counts


def test_problems_of_other_files_are_not_told_of_a_part(full):
    full.card(front="needs: [nothing-known]", name="other")
    assert len(full.problems("content/halving.md", trusted=False)) == 2
    assert "nothing-known" in full.problems("content/other.md", trusted=False)[0]


def test_a_broken_card_takes_no_other_down(full):
    full.write("content/broken.md", "---\n: [\n")
    full.write("content/empty.md", "")
    (full.root / "content" / "latin.md").write_bytes(b"\xff\xfe")
    told = full.problems()
    assert {line.partition(":")[0] for line in told} == {
        "content/broken.md",
        "content/empty.md",
        "content/halving.md",
        "content/latin.md",
    }


def test_a_deck_without_its_file_is_reported(tmp_path):
    (tmp_path / "content").mkdir()
    report = check(tmp_path, trusted=False)
    assert [problem.path for problem in report.problems] == [str(tmp_path / "content" / "deck.toml")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_a_pipe_in_the_place_of_the_decks_file_is_reported_and_not_waited_for(tmp_path):
    (tmp_path / "content").mkdir()
    os.mkfifo(tmp_path / "content" / "deck.toml")
    (tmp_path / "content" / "word.md").write_text("---\ntitle: word\ntopic: t\n---\n\nA word.\n")
    report = check(tmp_path, trusted=False)
    assert [problem.message for problem in report.problems if problem.path.endswith("deck.toml")] == [
        "this is not a file: put a file there, or give it another name"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files")
def test_a_pipe_in_the_place_of_a_guide_is_said_to_be_no_file(tmp_path):
    (tmp_path / "content" / "guides").mkdir(parents=True)
    (tmp_path / "content" / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    os.mkfifo(tmp_path / "content" / "guides" / "g.md")
    (problem,) = check(tmp_path, trusted=False).problems
    assert problem.path.endswith("g.md")
    assert problem.message.startswith("this is not a file")


def test_the_learners_own_copy_of_a_bundled_card_is_checked_as_the_bundled_one(tmp_path):
    own = tmp_path / "overlay" / "content" / "epoch.md"
    own.parent.mkdir(parents=True)
    shutil.copy(bundle() / "content" / "epoch.md", own)
    own.write_text(own.read_text().replace("needs: [", "needs: [nothing-known, "))
    report = check(own)
    assert report.cards == 1
    assert report.runs_not_made > 0
    assert [problem.path for problem in report.problems if "nothing-known" in problem.message] == [str(own)]
    assert f"mlterms trust {tmp_path / 'overlay'}" in report.why_not_run


def test_the_report_goes_into_json_and_back(full):
    report = full.check(trusted=False)
    told = json.loads(json.dumps(report.to_dict()))
    assert told["failed"] is True
    assert told["problems"][0]["path"] == str(full.root / "content" / "halving.md")
    assert told["examples_not_run"] == 4


def test_progress_names_what_is_being_run(full):
    said = []
    check(full.root, trusted=True, seeds=1, progress=said.append)
    assert said == ["card halving, 1 of 2", "demo halving, 2 of 2"]


@pytest.mark.parametrize(
    ("report", "summary"),
    [
        (CheckReport(), "Checked nothing; ran nothing.\nNo problems."),
        (
            CheckReport(cards=1, questions=2, demos=1, examples_run=1234, demos_run=1),
            "Checked 1 card, 2 questions, 1 demo; ran 1,234 examples, 1 demo.\nNo problems.",
        ),
        (
            CheckReport(problems=(Problem("a.md", 1, "x"), Problem("a.md", 1, "y", "warning"))),
            "Checked nothing; ran nothing.\n1 error, 1 warning.",
        ),
        (
            CheckReport(cards=1, examples_not_run=1),
            "Checked 1 card; ran nothing.\n1 example not run: an error came before them.\nNo problems.",
        ),
    ],
)
def test_the_summary_says_what_was_done_and_found(report, summary):
    assert report.summary() == summary
    assert report.failed == any(problem.severity == "error" for problem in report.problems)


def test_a_path_that_is_nothing_is_refused(tmp_path):
    with pytest.raises(CallError):
        check(tmp_path / "nowhere")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look at")
def test_being_interrupted_leaves_nothing_running(full):
    noted = full.root / "noted"
    note = f"import os; _ = open({str(noted)!r}, 'w').write(f'{{os.getpid()}} ')"
    full.card(worked=f"\n    >>> {note}\n    >>> while True: pass\n")

    def interrupt(label):
        deadline = time.monotonic() + 20
        while not (noted.exists() and noted.read_text().endswith(" ")) and time.monotonic() < deadline:
            os.sched_yield()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(full.root, trusted=True, progress=interrupt)
    assert not Path(f"/proc/{noted.read_text().strip()}").exists()
