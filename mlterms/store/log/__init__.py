"""The learner's history: the event log, what is folded from it, migrations and backups."""
