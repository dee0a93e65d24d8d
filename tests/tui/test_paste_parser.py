"""What is pasted is text: it presses no key, whatever it holds and however it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from textual import events
from textual.app import App, ComposeResult

from mlterms.tui import paste_parser
from mlterms.tui.messages import News
from mlterms.tui.paste_parser import PasteParser, printable
from mlterms.tui.widgets.line_field import LineField

LOG = "an \x1b[31merror\x1b[0m of which \x1b]0;the title\x07 and more than thirty characters follow\n" * 3
PLAIN = "what is copied from a page is long, and nobody types it at once\nin two lines"
START, END = "\x1b[200~", "\x1b[201~"


def read(*chunks: str, monkeypatch: pytest.MonkeyPatch | None = None) -> list[object]:
    """What the parser makes of chunks that come one after the other, and of silence after them."""
    if monkeypatch is not None:
        monkeypatch.setattr(paste_parser, "_BURST_PAUSE", 0.0)
    parser = PasteParser()
    found: list[object] = [event for chunk in chunks for event in parser.feed(chunk)]
    found += parser.tick()
    return [event.text if isinstance(event, events.Paste) else keys([event]) for event in found]


def keys(found: Iterable[object]) -> str:
    return "".join(f"<{event.key}>" for event in found if isinstance(event, events.Key))


@pytest.mark.parametrize("cut", range(1, len(START) + len(LOG) + len(END)))
def test_a_paste_with_escapes_in_it_presses_no_key(cut: int) -> None:
    sent = f"{START}{LOG}{END}"
    found = read(sent[:cut], f"{sent[cut:]}q")
    if cut in (1, 2):  # Textual takes what may be the key escape; what it reads of the paste is not held
        assert found[-1] == "<q>"
    else:
        assert found == [printable(LOG), "<q>"]


def test_keys_before_and_behind_a_paste_are_keys() -> None:
    assert read(f"/{START}one\r\ntwo{END}\x1b[A\r") == ["<slash>", "one\ntwo", "<up>", "<enter>"]


def test_what_is_typed_ahead_of_a_paste_comes_before_it() -> None:
    assert read(f"abcdefgh{START}one{END}") == [*(f"<{key}>" for key in "abcdefgh"), "one"]


@pytest.mark.parametrize("cut", [len(PLAIN), 10, 40, 70])
def test_what_comes_faster_than_anybody_types_is_pasted(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chunks = [chunk for chunk in (PLAIN[:cut], PLAIN[cut:]) if chunk]
    assert read(*chunks, monkeypatch=monkeypatch) == [PLAIN]


@pytest.mark.parametrize("typed", ["j" * 200, "1\r1\r3\r" * 4, "half an answer, quickly typed"])
def test_keys_that_are_held_or_typed_ahead_are_keys(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(typed, monkeypatch=monkeypatch)
    assert len(found) == len(typed)
    assert all(str(key).startswith("<") for key in found)


def test_pasted_text_has_no_characters_that_no_key_writes() -> None:
    assert printable("a\x00b\x07c\u202ed\u200de\r\nf\rg\u2028h\u3000i\xa0j\tk") == "abcde\nf\ng\nh i j k"


class Line(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def compose(self) -> ComposeResult:
        yield LineField("so far ", max_length=20, select_on_focus=False)

    def on_news(self, news: News) -> None:
        self.said.append(news.text)


@pytest.mark.parametrize(
    ("pasted", "value", "said"),
    [
        ("one\n\n two\n", "so far one two", []),
        ("x" * 100_000, "so far xxxxxxxxxxxxx", ["Only the first 13 characters fit: a line has at most 20."]),
    ],
)
def test_what_is_pasted_into_a_line_is_one_line_and_what_is_too_long_is_said(
    pasted: str, value: str, said: list[str]
) -> None:
    async def scene() -> None:
        app = Line()
        async with app.run_test() as pilot:
            app.post_message(events.Paste(pasted))
            await pilot.pause()
            assert app.query_one(LineField).value == value
            assert app.said == said

    asyncio.run(scene())
