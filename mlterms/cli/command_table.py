"""The table of commands: the name of each and its one-line help. It imports none of them."""

from __future__ import annotations

COMMANDS = {
    "quiz": "Answer what is due, and meet new terms.",
    "demo": "Play a live demo, or list them all.",
    "due": "Show what is due today.",
    "list": "List the terms, in the order in which they build on each other.",
    "stats": "Show what you recalled, what is expected, and what helps.",
    "plan": "Check whether you can finish by a date, and with how many new questions a day.",
    "marked": "List flagged, suspended and buried questions, and leeches with what may help.",
    "fit": "Fit the model of memory to your own answers, if that predicts them better.",
    "show": "Show the card of a term.",
    "search": "Search the cards and guides.",
    "guide": "Read a guide, or list them all.",
    "settings": "Show or change what can be set.",
    "check": "Check cards and demos: everything that they claim is run.",
    "new": "Write a new card.",
    "deck": "List your own decks, add or remove one, or start a new one.",
    "edit": "Open the card of a term in your editor.",
    "trust": "Trust a folder, so that its Python may be run.",
    "backup": "Make a backup of your answers, or list the backups.",
    "export": "Write your answers as text, for other programs.",
    "restore": "Bring back a backup.",
    "doctor": "Check your answers and the cards; rebuild what can be rebuilt.",
    "completion": "Print the completion script for your shell.",
}
"""Name → what it does. Each lives in `mlterms/cli/commands/NAME.py` as `command`."""
