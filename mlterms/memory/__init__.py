"""The learner's memory: FSRS states, intervals, fuzz, logical days. Pure: reads no clock, no file."""
