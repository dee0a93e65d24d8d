"""The terms by topic, in study order, each with how well it is known; topics can be folded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mlterms.base.text import one_line
from mlterms.quiz.term_details import Mastery
from mlterms.tui.look import Look
from mlterms.tui.widgets.bar import meter
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.sheet import Row, Sheet
from mlterms.tui.widgets.zones import Zone, sign

if TYPE_CHECKING:
    from mlterms.store.index.reader import Row as Term
    from mlterms.store.index.reader import Topic

TO_MEND = Zone("topic", "to mend")
ASIDE = Zone("aside")


class Entry(NamedTuple):
    """A row of the tree: a topic, a term, a file to mend, questions set aside. size: how many are in it."""

    zone: Zone
    title: str
    size: int = 0


class TermTree(Sheet):
    """standings: says how terms (global ids) stand; it is asked for those that are seen."""

    at: reactive[int] = reactive(0, layout=False, repaint=False)

    class Marked(Message):
        """Another row is marked."""

        def __init__(self, tree: TermTree, zone: Zone, *, clicked: bool) -> None:
            super().__init__()
            self.tree, self.zone, self.clicked = tree, zone, clicked

        @property
        def control(self) -> Widget:
            return self.tree

    class Opened(Message):
        """A term or a file was opened."""

        def __init__(self, tree: TermTree, zone: Zone) -> None:
            super().__init__()
            self.tree, self.zone = tree, zone

        @property
        def control(self) -> Widget:
            return self.tree

    def __init__(
        self,
        standings: Callable[[Collection[str]], Mapping[str, Mastery]],
        *,
        id: str,  # noqa: A002 - as Textual's widgets call it
        look: Look,
    ) -> None:
        super().__init__(id=id, look=look)
        self._ask = standings
        self._known: dict[str, Mastery] = {}
        self._every: list[tuple[Entry, list[Entry]]] = []
        self._folded: set[Zone] = set()
        self._entries: list[Entry] = []
        self._clicked = False

    # -- what it holds -------------------------------------------------------------------------------------

    def fill(self, topics: Sequence[Topic], terms: Sequence[Term], files: Sequence[Zone], aside: int) -> None:
        """Show these; what was marked and folded stays so. aside: how many questions are without a card."""
        here = self.zone
        of_topic: dict[tuple[str, str], list[Entry]] = {}
        for term in terms:
            of_topic.setdefault((term.deck, term.topic), []).append(Entry(Zone("term", term.id), term.title))
        self._every = []
        for topic in topics:
            inside = of_topic.get((topic.deck, topic.id), [])
            title = topic.title if topic.deck == topics[0].deck else f"{topic.title} ({topic.deck})"
            self._every.append((Entry(Zone("topic", f"{topic.deck}:{topic.id}"), title, len(inside)), inside))
        entries = [Entry(zone, zone.name.replace("\\", "/").rpartition("/")[2]) for zone in files]
        if aside:
            entries.append(Entry(ASIDE, "set aside", aside))
        if entries:
            self._every.append((Entry(TO_MEND, "To mend", len(entries)), entries))
        self._known.clear()
        self._lay(here)

    def standings(self, terms: Collection[str]) -> Mapping[str, Mastery]:
        """How terms stand (among others); asked for once, until `forget`."""
        unknown = [term for term in terms if term not in self._known]
        if unknown:
            self._known |= self._ask(unknown)
        return self._known

    def forget(self) -> None:
        """Ask anew how the terms stand."""
        self._known.clear()
        self.renew()

    def _lay(self, here: Zone | None) -> None:
        self._entries = []
        for topic, inside in self._every:
            self._entries.append(topic)
            if topic.zone not in self._folded:
                self._entries += inside
        zones = [entry.zone for entry in self._entries]
        self.set_reactive(
            TermTree.at, zones.index(here) if here in zones else min(self.at, max(0, len(zones) - 1))
        )
        self.renew()

    @property
    def zone(self) -> Zone | None:
        """What is marked."""
        return self._entries[self.at].zone if self._entries else None

    def select(self, zone: Zone) -> None:
        """Mark a term or a file (at whatever line) without a message; its topic is opened."""
        for topic, inside in self._every:
            for entry in inside:
                if entry.zone[:2] == zone[:2]:
                    self._folded.discard(topic.zone)
                    self._lay(entry.zone)
                    self.bring(self.at)
                    return

    def first_term(self) -> Zone | None:
        return next((entry.zone for entry in self._entries if entry.zone.what == "term"), None)

    # -- rows ----------------------------------------------------------------------------------------------

    def length(self, width: int) -> int:
        return len(self._entries)

    def rows(self, width: int, height: int) -> list[Row]:
        seen = self._entries[self.seen.start : self.seen.stop]
        self.standings([entry.zone.name for entry in seen if entry.zone.what == "term"])
        return super().rows(width, height)

    def row(self, y: int, width: int) -> Row:
        entry = self._entries[y]
        pieces = self._topic(entry, width) if entry.zone.what == "topic" else self._leaf(entry, y, width)
        if y == self.at and self.has_focus:
            return [piece._replace(look="page--marked") for piece in pieces]
        if entry.zone == self.hovered:
            return [piece._replace(look="page--hovered") if piece.text.strip() else piece for piece in pieces]
        return pieces

    def _topic(self, entry: Entry, width: int) -> list[Piece]:
        fold = sign("closed" if entry.zone in self._folded else "open", self.look)
        style = "page--bad" if entry.zone == TO_MEND else "page--heading"
        left = [
            Piece(f" {fold} ", "page--muted", entry.zone),
            Piece(one_line(entry.title), style, entry.zone),
        ]
        return self._ends(left, [Piece(str(entry.size), "page--muted", entry.zone)], width, entry.zone)

    def _leaf(self, entry: Entry, y: int, width: int) -> list[Piece]:
        zone = entry.zone
        here = y == self.at
        title = self.look.text(one_line(entry.title))
        note = f"line {zone.line}" if zone.line else str(entry.size or "")
        right = [Piece(note, "page--muted")]
        if zone.what == "term":
            right = self._stands(self._known.get(zone.name, Mastery(None, 0)), width)
        room = width - 4 - sum(len(piece.text) for piece in right)
        if len(title) > room and zone.what == "term":
            title = title.partition(" (")[0]
        mark = self.look.glyph("chosen") if here else " "
        left = [Piece(f" {mark} ", "page--accent", zone), Piece(title, "page--strong" if here else "", zone)]
        return self._ends(left, right, width, zone)

    def _stands(self, standing: Mastery, width: int) -> list[Piece]:
        size = 4 if width < 48 else 10
        due = Piece(sign("due", self.look) if standing.due else " ", "page--accent")
        if standing.mastery is None:
            return [due, Piece(f"  new {'':{size}}", "page--muted")]
        reached, missing = meter(standing.mastery, size, self.look)
        shown = [
            Piece(f"{standing.mastery:5.0%} "),
            Piece(reached, "page--bar"),
            Piece(missing, "page--faint"),
        ]
        return [due, *shown]

    def _ends(self, left: list[Piece], right: list[Piece], width: int, zone: Zone) -> list[Piece]:
        return [piece._replace(zone=zone) for piece in self.spread(left, right, width)]

    # -- going about ---------------------------------------------------------------------------------------

    def watch_at(self) -> None:
        zone = self.zone
        if self.is_attached and zone is not None:
            self.bring(self.at)
            self.redraw()
            self.post_message(self.Marked(self, zone, clicked=self._clicked))

    def _go(self, at: int) -> None:
        self.at = max(0, min(at, len(self._entries) - 1))

    def action_up(self) -> None:
        self._go(self.at - 1)

    def action_down(self) -> None:
        self._go(self.at + 1)

    def action_first(self) -> None:
        self._go(0)

    def action_last(self) -> None:
        self._go(len(self._entries) - 1)

    def action_page_up(self) -> None:
        self._go(self.at - len(self.seen) + 1)

    def action_page_down(self) -> None:
        self._go(self.at + len(self.seen) - 1)

    def action_left(self) -> None:
        """Fold the topic; from a term, go to its topic."""
        zone = self.zone
        if zone is None:
            return
        if zone.what != "topic":
            self._go(max(i for i in range(self.at) if self._entries[i].zone.what == "topic"))
        elif zone not in self._folded:
            self._fold(zone)

    def action_right(self) -> None:
        """Unfold the topic, or go into it; from a term, go into its card."""
        zone = self.zone
        if zone is None:
            return
        if zone.what != "topic":
            self.post_message(self.Opened(self, zone))
        elif zone in self._folded:
            self._fold(zone)
        else:
            self._go(self.at + 1)

    def action_open(self) -> None:
        zone = self.zone
        if zone is not None and zone.what == "topic":
            self._fold(zone)
        elif zone is not None:
            self.post_message(self.Opened(self, zone))

    def _fold(self, topic: Zone) -> None:
        """Fold a topic, or unfold it."""
        self._folded ^= {topic}
        self._lay(topic)

    def on_click(self, event: events.Click) -> None:
        zone = self.zone_at(event.x, event.y)
        at = next((i for i, entry in enumerate(self._entries) if entry.zone == zone), None)
        if at is None or zone is None:
            return
        if zone.what != "topic" and at == self.at:
            self.post_message(self.Opened(self, zone))
            return
        self._clicked = True
        self._go(at)
        self._clicked = False
        if zone.what == "topic":
            self._fold(zone)
