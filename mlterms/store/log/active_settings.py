"""The current settings as one window sees them, reloaded when another window writes and saved to the log.

The caller begins the transaction for everything that writes here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mlterms.base.clock import Now
from mlterms.base.ids import Day
from mlterms.memory.days import day_of
from mlterms.memory.policy import Policy
from mlterms.store.log import tables
from mlterms.store.log.card import to_json
from mlterms.store.log.connection import check_current
from mlterms.store.log.event import Event
from mlterms.store.log.log import Log
from mlterms.store.log.settings import NAMES, Settings


class ActiveSettings:
    """The settings of the learner of one connection. settings: as they were when they were last loaded."""

    def __init__(self, log: Log) -> None:
        self.settings = Settings()
        self._log = log
        self._key: tuple[Policy, str] | None = None
        self._seen = -1  # SQLite's data_version, which others' commits change, when the settings were loaded
        self._others = -1  # the same when it was last read
        self._ignored = 0  # rows changed by this connection that do not count
        self._logged = ""  # the key of a policy that is known to be in the log

    def reload(self, force: bool = False) -> bool:
        """Load the settings if another connection has written since last time, and return whether it has.

        force: load them in any case, after a transaction on this connection that may have changed them.
        """
        seen = self._others = self._log.connection.execute("PRAGMA data_version").fetchone()[0]
        if seen == self._seen and not force:
            return False
        check_current(self._log.connection, self._log.path)
        self.settings = Settings.of_log(tables.read_settings(self._log.connection))
        self._seen, self._logged = seen, ""
        return True

    @property
    def changes(self) -> tuple[int, int]:
        """Two numbers that change when other connections or this one have written.

        Inside a transaction that may write, others cannot, and what `reload` has seen still holds.
        """
        connection = self._log.connection
        if not connection.in_transaction:
            self._others = connection.execute("PRAGMA data_version").fetchone()[0]
        return self._others, self.own_changes

    @property
    def own_changes(self) -> int:
        return self._log.connection.total_changes - self._ignored

    def ignore_changes(self, rows: int) -> None:
        """Leave this number of changed rows of this connection out of `changes`."""
        self._ignored += rows

    def today(self, now: Now) -> Day:
        return day_of(now, self.settings.policy.rollover_hour)

    def ensure_policy_logged(self, now: Now) -> str:
        """The key of the current policy.

        If the log does not have this policy yet, since it is that of the defaults, an event adds it, so that
        answers under it can be recomputed.
        """
        policy = self.settings.policy
        if self._key is None or self._key[0] is not policy:
            self._key = (policy, policy.key)
        key = self._key[1]
        if key != self._logged and not self._log.knows_policy(key):
            self._log.append(self._event("parameters", policy, {}, now))
        return key

    def mark_logged(self, key: str) -> None:
        """To be called once the transaction of `ensure_policy_logged` is on disk."""
        self._logged = key

    def put(self, kind: str, values: Mapping[str, Any], now: Now) -> Event | None:
        """Set values by name, None for the default. Returns None if nothing changes. Raises CallError."""
        own = tables.read_settings(self._log.connection)
        active = {name: self.settings.value(name) for name in own if name in (*NAMES, "parameters")}
        wanted = {name: value for name, value in {**active, **values}.items() if value is not None}
        settings = Settings.of(wanted)
        changed = {name: None if value is None else settings.value(name) for name, value in values.items()}
        if all(to_json(own.get(name)) == to_json(value) for name, value in changed.items()):
            return None
        event = self._log.append(self._event(kind, settings.policy, changed, now))
        tables.refold_settings(self._log)
        return event

    def _event(self, kind: str, policy: Policy, changed: dict[str, Any], now: Now) -> Event:
        value = {"changed": changed, "policy": json.loads(policy.to_json())}
        return self._log.draft(kind, now, self.today(now), policy=policy.key, value_json=to_json(value))
