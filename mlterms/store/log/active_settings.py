"""The settings in force, as one window sees them: looked at again when another has written, set, and told to
the log. All that writes here is inside a transaction of the caller."""

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
from mlterms.store.log.event import Event
from mlterms.store.log.log import Log
from mlterms.store.log.settings import NAMES, Settings


class ActiveSettings:
    """The settings of one connection's learner. settings: as they were when last looked at."""

    def __init__(self, log: Log) -> None:
        self.settings = Settings()
        self._log = log
        self._key: tuple[Policy, str] | None = None
        self._seen = -1  # SQLite's data_version: what other connections have committed
        self._known = ""  # the key of a policy that the log is known to hold

    def look(self, again: bool = False) -> bool:
        """Whether another connection has written since last time; its settings are then these. again: take
        them anew in any case, after a transaction of one's own that may have changed them."""
        seen = self._log.connection.execute("PRAGMA data_version").fetchone()[0]
        if seen == self._seen and not again:
            return False
        self.settings = Settings.of_log(tables.read_settings(self._log.connection))
        self._seen, self._known = seen, ""
        return True

    def today(self, now: Now) -> Day:
        return day_of(now, self.settings.policy.rollover_hour)

    def declare(self, now: Now) -> str:
        """The key of the policy in force. Where the log has not met it (the defaults, or what two machines'
        settings came to together), an event says what it is: answers can be worked out again from it."""
        policy = self.settings.policy
        if self._key is None or self._key[0] is not policy:
            self._key = (policy, policy.key)
        key = self._key[1]
        if key != self._known and not self._log.knows_policy(key):
            self._log.append(self._event("parameters", policy, {}, now))
        return key

    def declared(self, key: str) -> None:
        """The transaction in which `declare` gave that key is on disk."""
        self._known = key

    def put(self, kind: str, values: Mapping[str, Any], now: Now) -> Event | None:
        """Set values by name, None for the default. Returns None where nothing changes; raises CallError."""
        own = tables.read_settings(self._log.connection)
        active = {name: self.settings[name] for name in own if name in (*NAMES, "parameters")}
        wanted = {name: value for name, value in {**active, **values}.items() if value is not None}
        settings = Settings.of(wanted)
        changed = {name: None if value is None else settings[name] for name, value in values.items()}
        if all(to_json(own.get(name)) == to_json(value) for name, value in changed.items()):
            return None
        event = self._log.append(self._event(kind, settings.policy, changed, now))
        tables.refold_settings(self._log)
        return event

    def _event(self, kind: str, policy: Policy, changed: dict[str, Any], now: Now) -> Event:
        value = {"changed": changed, "policy": json.loads(policy.to_json())}
        return self._log.draft(kind, now, self.today(now), policy=policy.key, value_json=to_json(value))
