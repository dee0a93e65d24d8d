"""A process that reads files for the index; `parallel.py` starts it.

Tasks come pickled on standard input, and what was read goes out pickled on standard output.
"""

from __future__ import annotations

import os
import pickle
import sys

from mlterms.store.index.contents import read_contents


def main() -> None:
    """Read the files of each batch that comes in, and answer with what they hold, until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may write among the answers
    while True:
        try:
            tasks = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump([read_contents(task) for task in tasks], answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
