"""The learner's memory: FSRS states, intervals, fuzz, logical days. Pure: nothing here reads a clock or a file."""
