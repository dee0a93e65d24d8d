"""Both versions of the code of a spot question run, and what each prints is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlterms.base.errors import MltermsError
from mlterms.base.trust import trust
from mlterms.check.spot_run import run_spot
from mlterms.glossary.types import Spot


def spot(wrong: str, fixed: str) -> Spot:
    return Spot("x", "Which?", wrong=wrong, fixed=fixed, at=1)


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A card in a deck that is not trusted yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    content = tmp_path / "deck" / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (content / "x.md").write_text("# x\n")
    return content / "x.md"


def test_what_is_not_trusted_does_not_run(card: Path) -> None:
    with pytest.raises(MltermsError, match="no trusted folder"):
        run_spot(str(card), spot("print(1)", "print(2)"))


def test_each_version_says_what_it_prints_or_raises(card: Path) -> None:
    trust(card.parents[1])
    ran = run_spot(str(card), spot("print(1 / 0)", "print(3)\nprint(4)"))
    assert ran is not None
    assert ran.wrong == ("ZeroDivisionError: division by zero",)
    assert ran.fixed == ("3", "4")
    long = run_spot(str(card), spot("x = 1", "for i in range(99): print(i)"))
    assert long is not None
    assert long.wrong == ()
    assert (len(long.fixed), long.fixed[-1]) == (8, "…")
    assert next(lines for _, lines in long.in_sections()) == ("(nothing)",)


def test_code_that_prints_nothing_has_nothing_to_show(card: Path) -> None:
    trust(card.parents[1])
    ran = run_spot(str(card), spot("x = 1", "x = 2"))
    assert ran is not None
    assert ran.in_sections() == []
