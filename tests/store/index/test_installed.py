"""The index of an installed bundle: its files are not looked at, but a new installation is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import mlterms

Cards = Any
Told = Callable[..., list[str]]

PROGRAM = """
import sys
from pathlib import Path
from mlterms.base.paths import bundle, is_packed
from mlterms.store.index.reader import open_index
assert is_packed()
cache, overlay, *decks = map(Path, sys.argv[1:])
index = open_index([bundle(), *decks], cache, overlay=overlay)
print(*(row.title for row in index.terms()))
print(*sorted({"pydantic", "yaml", "numpy", "mlterms.store.index.build"} & set(sys.modules)))
"""


@pytest.fixture
def site(tmp_path: Path, new_deck: Callable[..., Cards]) -> Path:
    """A folder with the package as a wheel installs it, and one card in its bundle."""
    site = tmp_path / "site"
    ignore = shutil.ignore_patterns("__pycache__", "_bundle")
    shutil.copytree(Path(mlterms.__file__).parent, site / "mlterms", ignore=ignore)
    bundled = new_deck("site/mlterms/_bundle", deck="mlterms")
    bundled.card("a", title="bundled-a")
    bundled.card("b", title="bundled-b")
    return site


@pytest.fixture
def told(site: Path, tmp_path: Path) -> Told:
    """What a new process says: the titles, and the heavy modules that it had to import."""

    def told(*decks: Path) -> list[str]:
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / "cache"), str(tmp_path / "overlay"), *decks]
        environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, env=environment, cwd=tmp_path, check=False
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    return told


def test_the_second_start_parses_nothing(told: Told) -> None:
    titles, heavy = told()
    assert titles == "bundled-a bundled-b"
    assert heavy
    assert told() == [titles, ""]


def test_bundled_files_are_not_looked_at_but_a_new_installation_is_noticed(
    told: Told, site: Path, new_deck: Callable[..., Cards]
) -> None:
    told()
    bundle = site / "mlterms" / "_bundle"
    (bundle / "content" / "a.md").write_text("broken by hand")
    assert told() == ["bundled-a bundled-b", ""]
    shutil.move(bundle, bundle.with_name("old"))
    new_deck("site/mlterms/_bundle", deck="mlterms").card("c", title="new-c")
    assert told()[0] == "new-c"
    assert told() == ["new-c", ""]


def test_own_decks_are_looked_at_beside_an_installed_bundle(
    told: Told, new_deck: Callable[..., Cards]
) -> None:
    own = new_deck("own", deck="own")
    own.card("x", title="own-x")
    assert told(own.root)[0] == "bundled-a bundled-b own-x"
    assert told(own.root)[1] == ""
    own.card("x", title="changed-x")
    assert told(own.root)[0] == "bundled-a bundled-b changed-x"
    assert told(own.root)[1] == ""


def test_own_versions_of_bundled_cards_come_and_go(told: Told, new_deck: Callable[..., Cards]) -> None:
    told()
    overlay = new_deck("overlay")
    path = overlay.card("b", title="own-b")
    orphan = overlay.card("z", title="of-nothing")
    assert told()[0] == "bundled-a own-b"
    assert told() == ["bundled-a own-b", ""]
    overlay.card("b", title="own-b-again")
    orphan.unlink()
    assert told()[0] == "bundled-a own-b-again"
    path.unlink()
    assert told()[0] == "bundled-a bundled-b"
    assert told() == ["bundled-a bundled-b", ""]


# -- with the index that a wheel brings ------------------------------------------------------------------

SHIP = """
from mlterms.base.paths import bundle
from mlterms.store.index.file import write_shipped
write_shipped(bundle(), bundle() / "index.db")
"""


@pytest.fixture
def shipped(site: Path, tmp_path: Path) -> Path:
    """The index in the bundle of the site."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", SHIP], check=True, timeout=60, env=environment, cwd=tmp_path)
    return site / "mlterms" / "_bundle" / "index.db"


def test_with_the_index_of_a_wheel_the_first_start_parses_nothing_and_writes_nothing(
    told: Told, shipped: Path, tmp_path: Path
) -> None:
    assert told() == ["bundled-a bundled-b", ""]
    assert not (tmp_path / "cache").exists()


def test_the_index_of_a_wheel_holds_wherever_the_wheel_is_unpacked(
    told: Told, shipped: Path, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    site.rename(tmp_path / "elsewhere" / "site")
    (tmp_path / "elsewhere" / "site").rename(site)
    os.utime(site / "mlterms" / "_bundle", (1, 1))
    assert told() == ["bundled-a bundled-b", ""]


def test_beside_the_index_of_a_wheel_only_own_cards_are_read(
    told: Told, shipped: Path, site: Path, new_deck: Callable[..., Cards]
) -> None:
    (site / "mlterms" / "_bundle" / "content" / "a.md").write_text("broken by hand: nobody reads it")
    own = new_deck("own", deck="own")
    own.card("x", title="own-x")
    assert told(own.root)[0] == "bundled-a bundled-b own-x"
    assert told(own.root) == ["bundled-a bundled-b own-x", ""]
    overlay = new_deck("overlay")
    overlay.card("b", title="own-b")
    assert told()[0] == "bundled-a own-b"
    assert told(own.root)[0] == "bundled-a own-b own-x"
    (overlay.root / "content" / "b.md").unlink()
    assert told() == ["bundled-a bundled-b", ""]


@pytest.mark.parametrize("damage", ["cut", "other", "gone", "zeros"])
def test_a_damaged_index_of_a_wheel_is_done_without(told: Told, shipped: Path, damage: str) -> None:
    content = shipped.read_bytes()
    if damage == "cut":
        shipped.write_bytes(content[: len(content) // 2])
    elif damage == "other":
        shipped.write_bytes(b"no database")
    elif damage == "zeros":
        shipped.write_bytes(content[:4096] + bytes(len(content) - 4096))
    else:
        shipped.unlink()
    assert told()[0] == "bundled-a bundled-b"
    assert told()[0] == "bundled-a bundled-b"
