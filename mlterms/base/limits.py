"""How many updates a run of a demo may have. It is here because cards and demos both refer to it."""

MOST_UPDATES = 1_000_000
"""Of any run: beyond this the player stops, and no option or question may ask for more."""

USUAL_MOST_UPDATES = 20_000
"""Of a run that was given no number of updates, such as one until a condition holds."""
