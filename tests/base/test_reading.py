"""Files of strangers: what is read, what is refused, and that nothing keeps the program waiting."""

from __future__ import annotations

import os
import sys

import pytest

from mlterms.base.reading import UnreadableFileError, read_own, read_plain


def reason(path, root, limit=100):
    with pytest.raises(UnreadableFileError) as raised:
        read_plain(path, root, limit)
    assert str(path) in str(raised.value)
    return raised.value.reason


def test_an_ordinary_file_is_read_up_to_its_limit(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"y" * 100)
    assert read_plain(path, tmp_path, 100) == b"y" * 100
    assert reason(path, tmp_path, 99) == "large"


def test_a_sparse_file_of_terabytes_is_refused_by_its_size(tmp_path):
    path = tmp_path / "x"
    path.touch()
    os.truncate(path, 1 << 40)
    assert reason(path, tmp_path) == "large"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_pipes_devices_and_folders_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "device").symlink_to("/dev/zero")
    assert reason(tmp_path / "pipe", tmp_path) == "special"
    assert reason(tmp_path / "folder", tmp_path) == "special"
    assert reason(tmp_path / "device", tmp_path) == "outside"
    assert reason(tmp_path / "device", tmp_path.__class__("/")) == "special"


def test_links_are_followed_inside_the_folder_only(tmp_path):
    root = tmp_path / "deck"
    (root / "content").mkdir(parents=True)
    (root / "x").write_text("inside")
    (tmp_path / "y").write_text("outside")
    (root / "content" / "in").symlink_to("../x")
    (root / "content" / "out").symlink_to("../../y")
    (root / "content" / "gone").symlink_to("nowhere")
    (root / "content" / "loop").symlink_to("loop")
    (tmp_path / "deck-link").symlink_to("deck")
    assert read_plain(root / "content" / "in", root, 100) == b"inside"
    assert read_plain(tmp_path / "deck-link" / "x", tmp_path / "deck-link", 100) == b"inside"
    assert reason(root / "content" / "out", root) == "outside"
    assert reason(root / ".." / "y", root) == "outside"
    assert reason(root / "content" / "gone", root) == "missing"
    assert reason(root / "content" / "loop", root) == "denied"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_a_file_of_ones_own_may_be_behind_any_link_but_is_an_ordinary_one(tmp_path):
    (tmp_path / "x").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "x")
    assert read_own(tmp_path / "link", 4) == b"mine"
    with pytest.raises(UnreadableFileError, match="at most 3"):
        read_own(tmp_path / "link", 3)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableFileError, match="not a file"):
        read_own(tmp_path / "pipe", 3)
    with pytest.raises(FileNotFoundError):
        read_own(tmp_path / "nothing", 3)
