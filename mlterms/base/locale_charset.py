"""Whether the locale can write more than ASCII."""

from __future__ import annotations

import os
from collections.abc import Mapping


def writes_unicode(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the locale can write more than ASCII. Where none is set, it is assumed to.

    Python sets LC_CTYPE to C.UTF-8 by itself where the locale is C, so that value says nothing.
    """
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environ.get(name, "")
        if not value or (name == "LC_CTYPE" and value.upper() in ("C.UTF-8", "C.UTF8", "UTF-8")):
            continue
        if value in ("C", "POSIX"):
            return False
        _, _, encoding = value.partition(".")
        return not encoding or encoding.partition("@")[0].upper().replace("-", "") == "UTF8"
    return True
