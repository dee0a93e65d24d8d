"""What every part of the program works with: clock, configuration, learner's database and index.

Each is opened when it is first used.
"""

from __future__ import annotations

from collections.abc import Callable
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
    """Opened once for a command or the app, and closed after it. `with Workspace(...) as workspace:`

    database: the file given on the command line, if any. only_reads: create none under that name, which may
    be mistyped; the usual one is always created, so that it can be found, moved and linked. now: used instead
    of the present moment, by tests. progress: is called while files are read for the index, with their number
    and how many there are. opened: is called with the learner's database once it is open.
    """

    def __init__(
        self,
        database: str | None = None,
        now: str | None = None,
        progress: Progress | None = None,
        opened: Callable[[Learner], object] | None = None,
    ) -> None:
        self._progress = progress
        self._opened = opened
        self.only_reads = False
        self.is_named = database is not None
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
        """Must be called after config.toml was changed."""
        self.__dict__.pop("config", None)

    @cached_property
    def index(self) -> Index:
        return self._open_index()

    def rebuild_index(self) -> None:
        """Build the index again, from every file."""
        self.__dict__.pop("queue", None)
        if "index" in self.__dict__:
            self.__dict__.pop("index").close()
        self.index = self._open_index(rebuild=True)

    def open_index_unchecked(self) -> None:
        """Open the index quickly, without checking the files. `fresh_index` checks them afterwards."""
        if "index" not in self.__dict__:
            self.index = self._open_index(check_files=False)

    def fresh_index(self) -> Index | None:
        """A new index, if decks or card files have changed since this one was opened. May run in a thread."""
        return self._open_index() if self._roots() != self._indexed or self.index.is_stale() else None

    def take_index(self, index: Index) -> None:
        """Use another index from now on. Those who still read the former one can do so until the end."""
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

        create = not (self.only_reads and self.is_named)
        learner = Learner.open(self.path, self.clock.now(), create=create)
        if self._opened is not None:
            self._opened(learner)
        return learner

    @cached_property
    def queue(self) -> Queue:
        from mlterms.store.queue import Queue

        return Queue(self.learner, self.index, self.clock.now())
