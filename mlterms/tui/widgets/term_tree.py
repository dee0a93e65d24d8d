"""The terms by topic, in study order, each with how well it is known. Topics can be folded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.percent import percent
from mlterms.base.text import one_line
from mlterms.base.text_columns import columns
from mlterms.quiz.term_details import Mastery
from mlterms.tui.widgets.bars import meter
from mlterms.tui.widgets.row_list import Place, RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, width_of

if TYPE_CHECKING:
    from mlterms.store.index.demo_rows import Topic
    from mlterms.store.index.reader import Row as Term

_WITH_BAR = 48  # columns from which mastery is also drawn
_TO_FIX = "to fix"  # the id of the topic of broken files
_ACTIONS = {"topic": "fold", "term": "open_term", "file": "open_file", "aside": "open_set_aside"}


class Entry(NamedTuple):
    """A row of the tree. kind: "topic", "term", "file" (with errors, at a line) or "aside" (the questions
    that are in no card). name: the id of a topic or term, the path of a file. size: how many are in it."""

    kind: str
    name: str
    title: str
    size: int = 0
    line: int = 0

    @property
    def action(self) -> str:
        """What Enter runs."""
        return call(_ACTIONS[self.kind], *([self.name] if self.name else []))


class TermTree(RowList):
    """The terms by topic, with how well each is known.

    read_mastery: says how well terms (global ids) are known. It is asked for those that are seen.
    """

    def __init__(
        self,
        read_mastery: Callable[[Collection[str]], Mapping[str, Mastery]],
        *,
        id: str,  # noqa: A002 - as Textual's widgets call it
    ) -> None:
        super().__init__(id=id)
        self._read_mastery = read_mastery
        self._mastery: dict[str, Mastery] = {}
        self._topics: list[tuple[Entry, list[Entry]]] = []
        self._folded: set[str] = set()  # topics, by name
        self._entries: list[Entry] = []
        self._row_of: dict[str, int] = {}  # action → row

    # -- what it holds -------------------------------------------------------------------------------------

    def fill(
        self, topics: Sequence[Topic], terms: Sequence[Term], broken: Mapping[str, int], set_aside: int
    ) -> None:
        """Show these. What was marked and folded stays so.

        broken: path of a file with errors → line of the first one. set_aside: how many questions are in no
        card.
        """
        of_topic: dict[tuple[str, str], list[Entry]] = {}
        for term in terms:
            of_topic.setdefault((term.deck, term.topic), []).append(Entry("term", term.id, term.title))
        self._topics = []
        for topic in topics:
            inside = of_topic.get((topic.deck, topic.id), [])
            title = topic.title if topic.deck == topics[0].deck else f"{topic.title} ({topic.deck})"
            self._topics.append((Entry("topic", f"{topic.deck}:{topic.id}", title, len(inside)), inside))
        files = [
            Entry("file", path, path.replace("\\", "/").rpartition("/")[2], line=line)
            for path, line in broken.items()
        ]
        if set_aside:
            files.append(Entry("aside", "", "set aside", set_aside))
        if files:
            self._topics.append((Entry("topic", _TO_FIX, "Needs fixing", len(files)), files))
        self._mastery.clear()
        self._lay_out(self.marked_action)

    def mastery(self, terms: Collection[str]) -> Mapping[str, Mastery]:
        """How well these terms are known, among others. Each is read once, until `forget`."""
        unread = [term for term in terms if term not in self._mastery]
        if unread:
            self._mastery |= self._read_mastery(unread)
        return self._mastery

    def forget(self) -> None:
        """Read again how well the terms are known."""
        self._mastery.clear()
        self.renew()

    def _lay_out(self, marked: str) -> None:
        """Put the entries that are not folded away into rows, and mark one, or one at the same place."""
        at = self._row_of.get(self.marked_action, 0)
        self._entries = []
        for topic, inside in self._topics:
            self._entries.append(topic)
            if topic.name not in self._folded:
                self._entries += inside
        self._row_of = {entry.action: y for y, entry in enumerate(self._entries)}
        if marked not in self._row_of and self._entries:
            marked = self._entries[min(at, len(self._entries) - 1)].action
        self.set_reactive(TermTree.marked, marked)
        self.renew()

    @property
    def entry(self) -> Entry | None:
        """What is marked."""
        return self._entries[self._row_of.get(self.marked, 0)] if self._entries else None

    def select(self, kind: str, name: str) -> None:
        """Mark a term or a file without a message. Its topic is unfolded."""
        for topic, inside in self._topics:
            for entry in inside:
                if (entry.kind, entry.name) == (kind, name):
                    self._folded.discard(topic.name)
                    self._lay_out(entry.action)
                    self.bring(self._row_of[entry.action])
                    return

    def first_term(self) -> str:
        """The first term that is not folded away; "" if there is none."""
        return next((entry.name for entry in self._entries if entry.kind == "term"), "")

    # -- rows ----------------------------------------------------------------------------------------------

    def length(self) -> int:
        return len(self._entries)

    def places(self) -> Sequence[Place]:
        return [Place(entry.action, 0, y, y, self.columns) for y, entry in enumerate(self._entries)]

    @property
    def marked_place(self) -> Place | None:
        entry = self.entry
        if entry is None:
            return None
        y = self._row_of[entry.action]
        return Place(entry.action, 0, y, y, self.columns)

    def rows(self, width: int, height: int) -> list[Row]:
        seen = self._entries[self.seen.start : self.seen.stop]
        self.mastery([entry.name for entry in seen if entry.kind == "term"])
        return super().rows(width, height)

    def row(self, y: int) -> Row:
        entry = self._entries[y]
        row = self._topic(entry) if entry.kind == "topic" else self._item(entry)
        return [piece._replace(action=entry.action) for piece in row]

    def _topic(self, entry: Entry) -> list[Piece]:
        fold = self.terminal.glyph("closed" if entry.name in self._folded else "open")
        style = "row--bad" if entry.name == _TO_FIX else "row--heading"
        left = [Piece(f" {fold} ", "row--muted"), Piece(one_line(entry.title), style)]
        return self.spread(left, [Piece(str(entry.size), "row--muted")], self.columns)

    def _item(self, entry: Entry) -> list[Piece]:
        is_marked = entry.action == self.marked_action
        title = self.terminal.text(one_line(entry.title))
        right: Row = [Piece(f"line {entry.line}" if entry.line else str(entry.size or ""), "row--muted")]
        if entry.kind == "term":
            right = self._mastery_pieces(self._mastery.get(entry.name, Mastery(None, 0)))
            if columns(title) > self.columns - 4 - width_of(right):
                title = title.partition(" (")[0]
        mark = self.terminal.glyph("chosen") if is_marked else " "
        left = [Piece(f" {mark} ", "row--accent"), Piece(title, "row--strong" if is_marked else "")]
        return self.spread(left, right, self.columns)

    def _mastery_pieces(self, mastery: Mastery) -> list[Piece]:
        size = 0 if self.columns < _WITH_BAR else 10  # where there is little room, it is the titles'
        due = Piece(self.terminal.glyph("due") if mastery.due else " ", "row--accent")
        if mastery.share is None:
            return [due, Piece(f"  new {'':{size}}" if size else " new", "row--muted")]
        if not size:
            return [due, Piece(f"{percent(mastery.share):>4}")]
        reached, missing = meter(mastery.share, size, self.terminal)
        return [
            due,
            Piece(f"{percent(mastery.share):>5} "),
            Piece(reached, "row--bar"),
            Piece(missing, "row--faint"),
        ]

    # -- moving --------------------------------------------------------------------------------------------

    def watch_marked(self, before: str, after: str) -> None:
        super().watch_marked(before, after)
        if self.is_attached and after in self._row_of:
            self.bring(self._row_of[after])

    def step(self, by: int) -> bool:
        place = self.marked_place
        if place is None or not 0 <= place.y + by < len(self._entries):
            return False
        self.marked = self._entries[place.y + by].action
        return True

    async def action_left(self) -> None:
        """Fold the topic; from a term, go to its topic."""
        entry = self.entry
        if entry is None:
            return
        if entry.kind != "topic":
            above = self._entries[: self._row_of[entry.action]]
            self.marked = next(each for each in reversed(above) if each.kind == "topic").action
        elif entry.name not in self._folded:
            self.action_fold(entry.name)

    async def action_right(self) -> None:
        """Unfold the topic, or go into it; from a term, go into its card."""
        entry = self.entry
        if entry is None:
            return
        if entry.kind != "topic":
            await self.run(entry.action)
        elif entry.name in self._folded:
            self.action_fold(entry.name)
        else:
            self.step(1)

    def action_fold(self, topic: str) -> None:
        """Fold a topic, or unfold it."""
        self._folded ^= {topic}
        self._lay_out(call("fold", topic))

    async def clicked(self, action: str) -> None:
        """The first click on a term marks it, and the next one goes into its card."""
        was_marked = action == self.marked_action
        self.marked = action
        if was_marked or action.startswith("fold(") or self.screen.has_class("-narrow"):
            await self.run(action)
