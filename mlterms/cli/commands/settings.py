"""`mlterms settings`: what can be set, what it is set to, and changing it."""

from __future__ import annotations

import textwrap
from typing import Any

import click

from mlterms.cli.negative_numbers import TakesNegativeNumbers
from mlterms.cli.read_only import only_read
from mlterms.cli.say import say, say_json, talk, text_width
from mlterms.store import preferences
from mlterms.store.preferences import PREFERENCES, Preference
from mlterms.store.workspace import Workspace

_KEYS = "keys."


def complete_settings(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names of settings that begin with what was typed; behind `keys.` those of the actions."""
    if incomplete.startswith(_KEYS):
        from mlterms.tui.actions import ACTIONS

        return [f"{_KEYS}{name}" for name in ACTIONS if f"{_KEYS}{name}".startswith(incomplete)]
    names = (*PREFERENCES, "keys")
    return [name for name in names if name.startswith(incomplete.replace("-", "_"))]


def complete_value(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The values of a setting that has only a few."""
    preference = PREFERENCES.get(str(ctx.params.get("name")).replace("-", "_"))
    return [value for value in preference.options if value.startswith(incomplete)] if preference else []


@click.command(cls=TakesNegativeNumbers, short_help="Show or change what can be set.")
@click.argument("name", required=False, shell_complete=complete_settings)
@click.argument("value", nargs=-1, metavar="[VALUE]...", shell_complete=complete_value)
@click.option("--reset", is_flag=True, help="Reset NAME to its default.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each setting.")
@click.pass_obj
def command(
    workspace: Workspace, name: str | None, value: tuple[str, ...], reset: bool, as_json: bool
) -> None:
    """List all settings. With NAME, show that one. With NAME and VALUE, change it.

    Settings for scheduling are kept in the log of your answers, the rest in config.toml. The keys of the app
    are listed by mlterms settings keys, and set one by one: mlterms settings keys.quiz.undo z

    JSON: name, value, default, sentence, kept (log or config.toml).
    """
    if reset and (value or name is None):
        raise click.UsageError("--reset takes a NAME and no VALUE")
    text = None if reset else " ".join(value)
    if name is not None and name.startswith(_KEYS):
        _key(workspace, name.removeprefix(_KEYS), text, as_json)
        return
    if name == "keys" and not (value or reset):
        _list_keys(workspace, as_json)
        return
    chosen = list(PREFERENCES.values()) if name is None else [preferences.find(name)]
    if not (value or reset):
        only_read(workspace)
    else:
        changed = preferences.change(chosen[0], text, workspace)
        talk("Saved." if changed else "It already has this value.")
    for preference in chosen:
        _show(preference, workspace, as_json)
    if name is None:
        for action, keys in sorted(workspace.config.keys.items()):
            _show_key(action, keys, as_json)


def _show(preference: Preference, workspace: Workspace, as_json: bool) -> None:
    value = preferences.value_of(preference, workspace)
    default = preferences.default_of(preference)
    if as_json:
        row = {
            "name": preference.name,
            "value": _plain(value),
            "default": _plain(default),
            "sentence": preference.sentence,
            "kept": "log" if preference.scheduled else "config.toml",
        }
        say_json(row)
        return
    written, usual = preference.write(value), preference.write(default)
    say(f"{preference.name} = {written}" + ("" if written == usual else f"   (default: {usual})"))
    about = preference.sentence
    if len(preference.options) > 2:
        about += f" One of {', '.join(preference.options)}."
    if preference.example not in (written, usual) and not preference.options:
        about += f" Written like {preference.example}."
    _say_about(about)


def _plain(value: Any) -> Any:
    """As JSON can say it."""
    if isinstance(value, tuple):
        return [each if isinstance(each, int) else str(each) for each in value]
    return value


def _key(workspace: Workspace, action: str, keys: str | None, as_json: bool) -> None:
    """Show the keys of an action, or set them."""
    from mlterms.base.config import write_setting
    from mlterms.tui import keymap
    from mlterms.tui.key_names import names_of_keys

    if keys != "":
        if keys is not None:
            keys = names_of_keys(keys)
            keymap.check(action, keys, workspace.config.keys)
        write_setting(f"{_KEYS}{action}", keys)
        workspace.read_config_again()
        talk("Saved.")
    known = keymap.find(action)
    _show_key(action, workspace.config.keys.get(action, known.keys), as_json, known.sentence)


def _show_key(action: str, keys: str, as_json: bool, sentence: str = "") -> None:
    if as_json:
        row = {"name": f"{_KEYS}{action}", "value": keys, "sentence": sentence, "kept": "config.toml"}
        say_json(row)
        return
    say(f"{_KEYS}{action} = {keys}")
    if sentence:
        _say_about(sentence)


def _list_keys(workspace: Workspace, as_json: bool) -> None:
    from mlterms.tui.actions import ACTIONS

    only_read(workspace)
    for action in ACTIONS.values():
        _show_key(action.id, workspace.config.keys.get(action.id, action.keys), as_json, action.sentence)


def _say_about(text: str) -> None:
    width = max(20, text_width() - 4)
    say(textwrap.indent(textwrap.fill(text, width, break_on_hyphens=False), "    "))
