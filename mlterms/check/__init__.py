"""The checker of cards and demos: everything a card claims is executed."""
