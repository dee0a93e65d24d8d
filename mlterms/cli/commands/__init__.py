"""One module for each command. `cli/command_table.py` lists them, and only the one called is imported."""
