"""`python -m mlterms` is the `mlterms` command."""

import os
import sys

# Python puts the working folder first. A stranger's `json.py` in it must not be run in place of Python's own,
# and so nothing that Python has not loaded already may be imported before this: not pathlib, hence the noqa.
if os.path.realpath(sys.path[0]) != os.path.dirname(os.path.dirname(os.path.realpath(__file__))):  # noqa: PTH120
    del sys.path[0]

from mlterms.cli.main import main

main()
