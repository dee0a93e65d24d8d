"""One module for each command. `cli/table.py` lists them, and only the one that is called is imported."""
