"""The shell commands. Each one reads its options, calls a lower room and prints the result."""
