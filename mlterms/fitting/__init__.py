"""FSRS parameters fitted to a learner's own answers: the model, its training, and whether the result is used.

Pure: it reads no file and no clock, and its randomness is seeded.
"""
