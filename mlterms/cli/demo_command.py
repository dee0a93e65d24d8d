"""The command `mlterms demo NAME`; every knob of the demo is one of its options."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlterms.base.errors import CallError, MltermsError
from mlterms.base.limits import MOST_UPDATES, USUAL_MOST_UPDATES
from mlterms.base.plurals import count_of
from mlterms.cli.demo_files import load
from mlterms.cli.demo_open import open_demo
from mlterms.cli.path_type import FilePath
from mlterms.cli.save_text import refuse_other_file
from mlterms.cli.say import talk
from mlterms.demo.knobs import Knob
from mlterms.store.workspace import Workspace

if TYPE_CHECKING:
    from mlterms.cli.demo_plain import Condition
    from mlterms.demo.load import Demo
    from mlterms.demo.player import Player
    from mlterms.demo.recording import Change
    from mlterms.quiz.demo_request import DemoRequest

_KNOB = "knob_"  # before the names of knobs, which may be the same as ours


class _Updates(click.IntRange):
    """A number of updates. click would add the range to the help text, which already names it."""

    def __init__(self) -> None:
        super().__init__(0, MOST_UPDATES)

    def _describe_range(self) -> str:
        return ""


class KnobValue(click.ParamType[Any]):
    """A value of a knob, read and checked by the knob itself."""

    def __init__(self, knob: Knob) -> None:
        self.knob = knob
        self.name = "value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return self.knob.parse(str(value))
        except CallError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        texts = [self.knob.text(option) for option in self.knob.options]
        return [click.shell_completion.CompletionItem(text) for text in texts if text.startswith(incomplete)]


def command_for(path: Path, name: str, demo: Demo | None) -> click.Command:
    """The command that plays a demo. Without a loaded `demo` it has no options for knobs."""
    params: list[click.Parameter] = [_knob_option(knob) for knob in _knobs(demo).values()]
    params += [
        click.Option(["--seed"], type=int, default=0, metavar="N", help="Random seed; default 0."),
        click.Option(
            ["--updates"], type=_Updates(), metavar="N", help=f"Open after N updates, up to {MOST_UPDATES:,}."
        ),
        click.Option(
            ["--until"],
            metavar="TEST",
            help='Open where this first holds, as in "loss < 0.01". What is printed or saved ends with exit '
            f"code 1 if it does not hold within {USUAL_MOST_UPDATES:,} updates, or those of --updates.",
        ),
        click.Option(
            ["--at"],
            multiple=True,
            metavar="N:KNOB=VALUE",
            help="Turn a knob after N updates; may be repeated.",
        ),
        click.Option(
            ["--predict/--no-predict"], default=None, help="Predict first what will happen, or not."
        ),
        click.Option(["--plain"], is_flag=True, help="Print the last picture as text, and the measures."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON object for each frame."),
        click.Option(["--every"], type=int, metavar="N", help="With --json: only every Nth update."),
        click.Option(
            ["--svg"],
            type=FilePath(dir_okay=False, allow_dash=True),
            metavar="FILE",
            help="Save the picture, replacing an existing file; - writes it to standard output.",
        ),
        click.Option(
            ["--cast"],
            type=FilePath(dir_okay=False, allow_dash=True),
            metavar="FILE",
            help="Save the run as an asciicast, which asciinema plays, replacing an existing file; - writes "
            "it to standard output.",
        ),
    ]

    def callback(**values: Any) -> None:
        workspace = click.get_current_context().find_object(Workspace)
        assert workspace is not None
        _play(workspace, path, name, demo, values)

    about = "Play the demo."
    if demo is not None:
        title = demo.title if demo.title.endswith("?") else f"{demo.title}."
        about = f"{title}\n\n{demo.description()}"
    return click.Command(name, params=params, callback=callback, help=about)


def command_to_complete(path: Path, name: str) -> click.Command:
    """The same options for TAB, read from the text of the demo: completing a line runs no demo."""
    from mlterms.demo.load import read_knobs

    command = command_for(path, name, None)
    for knob, values in read_knobs(path).items():
        flag = f"--{knob.replace('_', '-')}"
        command.params.append(
            click.Option([flag, f"{_KNOB}{knob}"], type=click.Choice(values) if values else None)
        )
    return command


def _knobs(demo: Demo | None) -> Mapping[str, Knob]:
    return {} if demo is None else demo.settings.KNOBS


def _knob_option(knob: Knob) -> click.Option:
    is_symbol = not knob.help[1:2].isalpha()  # λ, which is not to become Λ
    what = knob.help if is_symbol else knob.help[:1].upper() + knob.help[1:]
    what = what or knob.title
    only = f"; only if {knob.when.in_words()}" if knob.when is not None else ""
    about = f"{what} ({knob.allowed()}; default {knob.text(knob.default)}{only})."
    return click.Option([knob.flag, f"{_KNOB}{knob.name}"], type=KnobValue(knob), help=about)


def _play(workspace: Workspace, path: Path, name: str, demo: Demo | None, values: dict[str, Any]) -> None:
    """Play the demo on a terminal. Without one, or if an option asks for output, print instead."""
    from mlterms.base.outputs import only_own_outputs
    from mlterms.tui.run import has_terminal

    printed = values["plain"] or values["as_json"] or values["svg"] or values["cast"]
    every = values["every"]
    if every is not None and (every < 1 or not values["as_json"]):
        raise click.UsageError("--every needs a number of at least 1, and works only with --json")
    formats = ("cast", "--cast"), ("as_json", "--json"), ("svg", "--svg"), ("plain", "--plain")
    chosen = [flag for name, flag in formats if values[name]]
    if len(chosen) > 1 and chosen != ["--svg", "--plain"]:
        raise click.UsageError(f"{' and '.join(chosen)} do not go together: choose one")
    if values["svg"]:
        refuse_other_file(values["svg"], "<svg ")
    if values["cast"]:
        refuse_other_file(values["cast"], '{"version": 2')
    if printed or not has_terminal():
        with only_own_outputs():
            _print(workspace, demo or load(path), values)
    else:
        wanted = values["predict"]
        if wanted is None:  # who asks for a certain run is not to be asked first
            wanted = demo is None
        open_demo(workspace, request_from_options(path, name, demo, values), wanted)


def _given_knobs(values: Mapping[str, Any]) -> dict[str, Any]:
    """The knobs that were given: name → value."""
    return {k.removeprefix(_KNOB): v for k, v in values.items() if k.startswith(_KNOB) and v is not None}


def _changes(demo: Demo | None, texts: Sequence[str]) -> list[Change]:
    if demo is None or not texts:
        return []
    from mlterms.demo.recording import parse_change

    return [parse_change(text, demo.settings) for text in texts]


def _print(workspace: Workspace, demo: Demo, values: Mapping[str, Any]) -> None:
    from mlterms.base.locale_charset import writes_unicode
    from mlterms.cli import demo_plain
    from mlterms.demo.player import Player

    given, changes = _given_knobs(values), tuple(_changes(demo, values["at"]))
    player = Player(demo, demo.settings.of(given), values["seed"], changes)
    if not changes:  # with them, every knob may count on the way
        _say_what_does_not_count(player, given)
    until = demo_plain.condition(values["until"], player) if values["until"] else None
    if values["cast"]:
        _record(player, values, until)
    elif values["as_json"]:
        demo_plain.print_json(player, values["updates"], until, values["every"] or 1)
    else:
        demo_plain.run_to_end(player, values["updates"], until)
        if values["svg"]:
            demo_plain.write_svg(player, values["svg"])
            if str(values["svg"]) != "-":
                talk(f"The picture is in {values['svg']}.")
        if values["plain"] or not values["svg"]:
            width = min(160, shutil.get_terminal_size((80, 24)).columns)
            charset = "ascii" if workspace.config.ascii or not writes_unicode() else "unicode"
            demo_plain.print_plain(player, width, charset)
    if player.fault is not None:
        sys.stdout.flush()
        raise player.fault
    if until is not None and not until(player.measures):
        sys.stdout.flush()
        raise MltermsError(f"not reached within {count_of(player.update, 'update')}")


def _say_what_does_not_count(player: Player, given: Iterable[str]) -> None:
    """Say which of the knobs that were given change nothing as the others are set."""
    for knob in map(player.knobs.knob, given):
        if knob.when is not None and not player.knobs.counts(knob.name):
            talk(f"{knob.flag} changes nothing here: it counts only if {knob.when.in_words()}.")


def _record(player: Player, values: Mapping[str, Any], until: Condition | None) -> None:
    from mlterms.cli.demo_cast import write_cast
    from mlterms.cli.demo_plain import natural_length

    usual = natural_length(player) if until is None else USUAL_MOST_UPDATES
    updates = usual if values["updates"] is None else values["updates"]
    write_cast(player, updates, until, values["cast"])
    if str(values["cast"]) != "-":
        talk(f"The recording is in {values['cast']}.")


def request_from_options(path: Path, name: str, demo: Demo | None, values: Mapping[str, Any]) -> DemoRequest:
    """The request that the options describe."""
    from mlterms.quiz.demo_request import DemoRequest

    until, knobs, changes = None, _given_knobs(values), _changes(demo, values["at"])
    if demo is not None and values["until"]:
        from mlterms.cli.demo_plain import condition
        from mlterms.demo.player import Player

        player = Player(demo, demo.settings.of(knobs), values["seed"], tuple(changes))
        until = condition(values["until"], player)
    return DemoRequest(
        name,
        load=lambda: demo or load(path),
        knobs=knobs,
        seed=values["seed"],
        changes=changes,
        updates=values["updates"],
        when=until,
    )
