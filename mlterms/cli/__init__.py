"""The commands of the shell, thin: each parses its options, calls a room below and prints."""
