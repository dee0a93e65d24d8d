from __future__ import annotations

import os
import stat
import subprocess
import sys
import time

import pytest

from mlterms.base.config import Config, read_config, write_setting
from mlterms.base.errors import FileError, MltermsError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "config.toml"


def test_without_a_file_all_is_default(path):
    assert read_config(path) == Config()


def test_what_is_written_is_read(path, tmp_path):
    write_setting("theme", "mlterms-light", path)
    write_setting("ascii", True, path)
    write_setting("decks", [str(tmp_path / "deck")], path)
    write_setting("keys.quiz.undo", "z", path)
    assert read_config(path) == Config(
        theme="mlterms-light", ascii=True, decks=(tmp_path / "deck",), keys={"quiz.undo": "z"}
    )


def test_none_brings_the_default_back(path):
    write_setting("theme", "mlterms-light", path)
    write_setting("keys.quiz.undo", "z", path)
    write_setting("theme", None, path)
    write_setting("keys.quiz.undo", None, path)
    assert read_config(path) == Config()


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\nquiz.undo = "z"',
        '[keys]\n"quiz.undo" = "z"',
        '[keys.quiz]\nundo = "z"',
        'keys.quiz.undo = "z"',
    ],
)
def test_every_way_to_write_a_key_is_read_and_changed(path, text):
    path.parent.mkdir()
    path.write_text(text)
    assert read_config(path).keys == {"quiz.undo": "z"}
    write_setting("keys.quiz.undo", "u", path)
    assert read_config(path).keys == {"quiz.undo": "u"}


def test_a_link_to_the_settings_stays_a_link(path, tmp_path):
    path.parent.mkdir()
    (tmp_path / "dotfiles.toml").write_text("# mine\n")
    path.symlink_to(tmp_path / "dotfiles.toml")
    write_setting("ascii", True, path)
    assert path.is_symlink()
    assert (tmp_path / "dotfiles.toml").read_text() == "# mine\nascii = true\n"


def test_a_file_that_cannot_be_understood_is_left_alone(path):
    path.parent.mkdir()
    path.write_text("theme = 3\n")
    with pytest.raises(FileError, match=r"config\.toml:1: theme must be a name in quotes"):
        write_setting("ascii", True, path)
    assert path.read_text() == "theme = 3\n"


def test_a_table_in_one_line_is_left_to_its_writer(path):
    path.parent.mkdir()
    path.write_text('keys = {"quiz.redo" = "r"}\n')
    with pytest.raises(
        FileError, match=r'keys\.quiz\.undo cannot be changed from here: write keys\.quiz\.undo = "z"'
    ):
        write_setting("keys.quiz.undo", "z", path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theme = 1", "theme must be a name in quotes"),
        ("ascii = 1", "ascii must be true or false"),
        ("decks = 'a'", "decks must be a list of folders"),
        ("decks = ['~nobody-of-this-name/a']", "decks: not a path here"),
        ('decks = ["\\u0000"]', "decks: not a path here"),
        ("keys = 'a'", "write keys as lines like"),
        ("[keys]\na.b = 1", "write keys as lines like"),
        ("colour = 1", "unknown setting colour"),
        ("theme", "not TOML"),
    ],
)
def test_an_unreadable_passage_is_reported_with_its_line(path, text, words):
    path.parent.mkdir()
    path.write_text(f"# first line\n{text}\n")
    with pytest.raises(FileError, match=words) as caught:
        read_config(path)
    assert caught.value.line in (2, 3)


def test_bytes_that_are_no_text_are_told_in_words(path):
    path.parent.mkdir()
    path.write_bytes(b'theme = "\xff"\n')
    with pytest.raises(FileError, match=r"config\.toml: byte 0xff is not UTF-8"):
        read_config(path)


def test_a_folder_in_the_place_of_the_file_is_reported_in_words(path):
    path.mkdir(parents=True)
    with pytest.raises(FileError, match="not a file"):
        read_config(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
@pytest.mark.parametrize("do", [read_config, lambda path: write_setting("ascii", True, path)])
def test_a_pipe_or_a_device_in_the_place_of_the_file_keeps_nobody_waiting(path, do):
    path.parent.mkdir()
    os.mkfifo(path)
    with pytest.raises(FileError, match="not a file"):
        do(path)
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(FileError, match="not a file"):
        do(path)


def test_a_file_without_end_is_refused_by_its_size(path):
    path.parent.mkdir()
    path.touch()
    os.truncate(path, 1 << 40)
    with pytest.raises(FileError, match="at most"):
        read_config(path)


@pytest.mark.parametrize("text", ["decks = " + "[" * 100_000, "ascii = " + "9" * 5_000])
def test_code_that_python_cannot_read_is_reported_as_any_other_mistake(path, text):
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(FileError, match="not TOML"):
        read_config(path)


_SAVE = """
import sys, time
from pathlib import Path
from mlterms.base.config import write_setting
while time.time() < float(sys.argv[2]):
    pass
for number in range(15):
    write_setting(f"keys.w{sys.argv[3]}.n{number}", "x", Path(sys.argv[1]))
"""


def test_settings_that_several_windows_save_at_once_are_all_kept(path):
    path.parent.mkdir()
    path.write_text("# mine\nascii = true\n")
    begin = str(time.time() + 1)
    ran = [
        subprocess.Popen([sys.executable, "-c", _SAVE, str(path), begin, str(n)], stderr=subprocess.PIPE)
        for n in range(3)
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in ran] == [(b"", 0)] * 3
    assert set(read_config(path).keys) == {
        f"w{window}.n{number}" for window in range(3) for number in range(15)
    }
    assert path.read_text().startswith("# mine\nascii = true\n")
    assert sorted(each.name for each in path.parent.iterdir()) == ["config.toml", "config.toml.lock"]


def test_the_line_ends_of_windows_stay_when_a_setting_is_saved(path):
    path.parent.mkdir()
    path.write_bytes(b"# mine\r\nascii = true\r\n")
    write_setting("theme", "nord", path)
    assert path.read_bytes() == b'# mine\r\nascii = true\r\ntheme = "nord"\r\n'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_what_is_created_can_be_read_by_its_owner_only_whatever_the_umask(path):
    before = os.umask(0)
    try:
        write_setting("theme", "nord", path)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path.parent, path)] == [0o700, 0o600]


def test_a_link_into_a_folder_that_is_gone_is_not_taken_for_no_settings(path, tmp_path):
    path.parent.mkdir()
    path.symlink_to(tmp_path / "drive" / "config.toml")
    with pytest.raises(MltermsError, match=r"drive/config\.toml, which is not there"):
        read_config(path)
    (tmp_path / "drive").mkdir()
    assert read_config(path) == Config(), "it will be created there"
