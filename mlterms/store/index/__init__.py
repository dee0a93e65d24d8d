"""The cache of the cards and demos, with full-text search. It can be deleted at any time."""
