"""`mlterms completion SHELL`: the script that teaches a shell to complete commands, terms and demos."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_HOW = {
    "bash": "echo 'eval \"$(mlterms completion bash)\"' >> ~/.bashrc",
    "zsh": "echo 'eval \"$(mlterms completion zsh)\"' >> ~/.zshrc",
    "fish": "mlterms completion fish > ~/.config/fish/completions/mlterms.fish",
}


@click.command(
    short_help="Print the completion script for your shell.",
    epilog="\b\nTo keep it:\n" + "\n".join(f"  {line}" for line in _HOW.values()),
)
@click.argument("shell", type=click.Choice(sorted(_HOW)))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that lets SHELL complete commands, terms and demos."""
    found = get_completion_class(shell)
    assert found is not None  # click has all three
    click.echo(found(ctx.find_root().command, {}, "mlterms", "_MLTERMS_COMPLETE").source())
