"""SQLite: the event log and what is folded from it, migrations, backups; the index of the cards, search."""
