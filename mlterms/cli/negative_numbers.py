"""Commands whose arguments may be negative numbers, which click would take for options."""

from __future__ import annotations

import re

import click

_NEGATIVE = re.compile(r"-\.?\d")


class TakesNegativeNumbers(click.Command):
    """Takes an unknown option for an argument if one of its words is a negative number."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.ignore_unknown_options |= any(_NEGATIVE.match(arg) for arg in args)
        return super().parse_args(ctx, args)
