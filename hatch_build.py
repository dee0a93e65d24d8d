"""Builds the index of the bundled cards into the wheel, so that the first start reads no card."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleIndex(BuildHookInterface):
    """Adds `mlterms/_bundle/index.db`. Without it all works, and the first start takes a second longer."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # there the cards are those of the checkout, which change
            return
        root = Path(self.root)
        sys.path.insert(0, self.root)
        try:
            from mlterms.store.index.file import write_shipped

            self._folder = tempfile.TemporaryDirectory()
            index = Path(self._folder.name) / "index.db"
            write_shipped(root, index)
        except ImportError as error:  # built without the program's requirements
            self.app.display_warning(f"the wheel has no index of the bundled cards: {error}")
            return
        finally:
            sys.path.remove(self.root)
        build_data["force_include"][str(index)] = "mlterms/_bundle/index.db"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_folder"):
            self._folder.cleanup()
