"""FSRS parameters fitted to a learner's own answers: the model, its training, and whether the result is used.

Pure: it reads no file and no clock. numpy is allowed here, and only here besides the demos.
"""
