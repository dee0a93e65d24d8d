"""What help says about the units of a demo."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from mlterms.base.paths import bundle
from mlterms.demo.load import load_demo
from mlterms.tui.screens.demo_help import demo_help


@pytest.mark.parametrize(("name", "has_nats"), [("softmax", False), ("multiclass", True)])
def test_help_explains_nats_where_a_loss_is_measured_in_them(name: str, has_nats: bool) -> None:
    session = SimpleNamespace(demo=load_demo(bundle() / "demos" / f"{name}.py"), hides_tries=False)
    assert ("Nats are" in str(demo_help(cast(Any, session)))) is has_nats
