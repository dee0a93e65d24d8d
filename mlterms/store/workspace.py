"""What the program works with: the clock, the settings, the learner's database, the index of the cards; each
is opened when first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from mlterms.base.clock import Clock, parse_now
from mlterms.base.config import Config, read_config
from mlterms.base.paths import bundle, cache_folder, database_path, overlay_folder

if TYPE_CHECKING:
    from mlterms.store.index.parallel import Progress
    from mlterms.store.index.reader import Index
    from mlterms.store.log.learner import Learner
    from mlterms.store.queue import Queue


class Workspace:
    """Opened once for a command or the app, and closed behind it. `with Workspace(...) as workspace:`

    database: the file given on the command line, if one was. now: a moment to take for the present, for
    tests. progress: is told how many files have been read for the index, and of how many.
    """

    def __init__(
        self, database: str | None = None, now: str | None = None, progress: Progress | None = None
    ) -> None:
        self._progress = progress
        self.path: Path = database_path(database)
        self.clock = Clock(parse_now(now) if now else None)
        self._former: list[Index] = []
        self._indexed: tuple[Path, ...] = ()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in ("learner", "index"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()
        while self._former:
            self._former.pop().close()

    @cached_property
    def config(self) -> Config:
        return read_config()

    def read_config_again(self) -> None:
        """After config.toml was changed."""
        self.__dict__.pop("config", None)

    @cached_property
    def index(self) -> Index:
        return self._open_index()

    def rebuild_index(self) -> None:
        """Make the index of the cards anew, from every file."""
        self.__dict__.pop("queue", None)
        if "index" in self.__dict__:
            self.__dict__.pop("index").close()
        self.index = self._open_index(rebuild=True)

    def open_index_as_it_lies(self) -> None:
        """Open the index without a look at the files, to be quick; `fresh_index` looks afterwards."""
        if "index" not in self.__dict__:
            self.index = self._open_index(check_files=False)

    def fresh_index(self) -> Index | None:
        """A new index, if decks or card files have changed since this one was opened. May run in a thread."""
        return self._open_index() if self._roots() != self._indexed or self.index.is_stale() else None

    def take_index(self, index: Index) -> None:
        """Work with another index from now on. Whoever still reads the former one can do so until the end."""
        self.__dict__.pop("queue", None)
        self._former.append(self.index)
        self.index = index

    def _open_index(self, *, rebuild: bool = False, check_files: bool = True) -> Index:
        from mlterms.store.index.reader import open_index

        self._indexed = roots = self._roots()
        return open_index(
            roots,
            cache_folder(),
            overlay=overlay_folder(),
            check_files=check_files,
            rebuild=rebuild,
            progress=self._progress,
        )

    def _roots(self) -> tuple[Path, ...]:
        return (bundle(), *self.config.decks)

    @cached_property
    def learner(self) -> Learner:
        from mlterms.store.log.learner import Learner

        return Learner.open(self.path, self.clock.now())

    @cached_property
    def queue(self) -> Queue:
        from mlterms.store.queue import Queue

        return Queue(self.learner, self.index, self.clock.now())
