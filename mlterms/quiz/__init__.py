"""The quiz: what to ask next, making a question concrete, grading, and the sitting as a state machine."""
