"""The app in the terminal, on Textual: its screens, its widgets and what they share. No click.

Nothing is imported here, so that modules without Textual in this room stay cheap.
"""
