"""Where things are, on each platform and with each variable set."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from mlterms.base import paths
from mlterms.base.errors import CallError, MltermsError


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "MLTERMS_DATABASE", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def test_linux_folders_follow_xdg(home, monkeypatch):
    assert paths.data_folder() == home / ".local/share/mlterms"
    assert paths.config_folder() == home / ".config/mlterms"
    assert paths.cache_folder() == home / ".cache/mlterms"
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "elsewhere"))
    assert paths.data_folder() == home / "elsewhere/mlterms"


def test_a_relative_xdg_folder_is_ignored_as_the_standard_says(home, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", "here")
    assert paths.config_folder() == home / ".config/mlterms"


def test_mac_folders_are_in_the_library(home, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert paths.data_folder() == home / "Library/Application Support/mlterms"
    assert paths.cache_folder() == home / "Library/Caches/mlterms"


def test_windows_folders_are_in_appdata(home, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert paths.config_folder() == home / "AppData/Local/mlterms"
    monkeypatch.setenv("APPDATA", str(home / "Roaming"))
    assert paths.config_folder() == home / "Roaming/mlterms"


def test_the_database_is_the_one_named_first_on_the_line_then_in_the_environment(home, monkeypatch):
    assert paths.database_path() == home / ".local/share/mlterms/mlterms.db"
    monkeypatch.setenv("MLTERMS_DATABASE", str(home / "mine.db"))
    assert paths.database_path() == home / "mine.db"
    assert paths.database_path(str(home / "other.db")) == home / "other.db"


def test_a_relative_database_is_taken_from_the_working_directory(home, monkeypatch):
    monkeypatch.chdir(home)
    assert paths.database_path("mine.db") == home / "mine.db"


def test_the_bundle_holds_cards_wherever_we_stand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (paths.bundle() / "content" / "deck.toml").is_file()


def test_an_installed_wheel_brings_its_bundle_along(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "mlterms"
    (package / "_bundle").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.bundle() == package / "_bundle"
    assert paths.is_packed()


def test_a_missing_bundle_is_reported_with_both_places(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "mlterms")
    (tmp_path / "content").mkdir()  # somebody else's: there is no pyproject.toml beside it
    with pytest.raises(MltermsError, match=r"_bundle nor .*content exists"):
        paths.bundle()
    assert not paths.is_packed()


@pytest.mark.parametrize("text", ["~nobody-of-this-name/x", "a\0b"])
def test_what_is_no_path_is_a_wrong_call(text):
    with pytest.raises(CallError, match="not a path"):
        paths.parse_path(text)


def test_a_tilde_is_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert paths.parse_path("~/cards") == tmp_path / "cards"


def test_a_folder_is_no_name_for_a_database(home):
    with pytest.raises(CallError, match="name a file"):
        paths.database_path("/")


def test_somebody_without_a_home_reads_what_to_set(home, monkeypatch):
    def nowhere():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nowhere)
    with pytest.raises(MltermsError, match="set HOME"):
        paths.data_folder()


@pytest.mark.parametrize("given", ["", "here", "./here", "~"])
def test_a_home_that_is_no_full_path_is_refused(home, monkeypatch, given):
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", given)
    with pytest.raises(MltermsError, match="not a full path"):
        paths.data_folder()


def test_each_document_that_the_program_names_is_in_the_wheel():
    root = Path(__file__).parents[2]
    wheel = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    packed = wheel["wheel"]["force-include"]
    code = "".join(path.read_text("utf-8") for path in (root / "mlterms").rglob("*.py"))
    named = set(re.findall(r"\b(?:docs/[\w-]+|(?:content|demos)/README)\.md\b", code))
    assert {"docs/quiz-protocol.md", "content/README.md", "demos/README.md"} <= named
    for name in named:
        assert (root / name).is_file()
        folder = name if name in packed else name.partition("/")[0]
        assert packed[folder] == f"mlterms/_bundle/{folder}", name
