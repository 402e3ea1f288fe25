"""`coachlog config`: the coach's own settings, which hold for every journal on this computer."""

import os
import shlex
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from typer.core import TyperGroup

from coachlog.commands.desk.diffing import diff_of
from coachlog.commands.desk.in_editor import Work, Wrong, attended_editor, edited
from coachlog.commands.desk.incognito import veiled, veiled_diff
from coachlog.commands.desk.opening import Wishes, journal_if_any
from coachlog.commands.desk.options import DryRun
from coachlog.commands.desk.preferences import stand_in
from coachlog.errors import CoachlogError, WrongCall
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line, Span, line, record
from coachlog.render.measure import table
from coachlog.render.output import Sheet, complain, screen, show
from coachlog.store.draft import Rewrite
from coachlog.store.layout import journal_at
from coachlog.store.settings import (
    ALIASES,
    FILE,
    KEYS,
    SETTINGS,
    Entry,
    Setting,
    Settings,
    fault_of,
    is_known,
    read_settings,
    settings_path,
    understood,
    unknown,
)
from coachlog.store.settling import contents, put, settled, unsettled
from coachlog.views.masking import HIDDEN

FLAGS = {"journal": "--journal", "colour": "--color", "pager": "--no-pager"}
NEW = "# What holds for every journal on this computer: coachlog config lists it.\n"
DEFAULTS = {"editor": "vi", "colour": "auto", "pager": "less"}
"""What counts where nobody says anything."""
LABEL = "config"
Key = Annotated[str, typer.Argument(metavar="KEY", help=f"{', '.join(KEYS)}, or {ALIASES}.NAME.")]
ChangeAsJson = Annotated[bool, typer.Option("--json", help="What is settled then, and the file.")]


class Shown(NamedTuple):
    """A setting as it counts now, and where it comes from: a flag, the environment, the folder, the file, a default."""

    key: str
    value: str | None
    origin: str
    about: str


def list_settings(
    ctx: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Every setting, for programs.")] = False,
) -> None:
    """List your settings for every journal on this computer: each value, and where it comes from.

    A flag comes before the environment, that before the file, and the file before what coachlog does by itself. The
    journal at or above the current folder comes before that of the file. An alias stands for the words of a command:
    after `coachlog config set aliases.l contact log`, `coachlog l jane email` logs a contact. `coachlog config` alone
    is this list.

    Examples:
      coachlog config list
      coachlog config list --json
    """
    wishes: Wishes = ctx.obj
    settings = read_settings(settings_path(), _commands(ctx))
    shown = [_masked(one) if wishes.incognito else one for one in _shown(wishes, settings)]
    sheet = screen(wishes.color, quiet=wishes.quiet)
    if as_json:
        fields = [dict(zip(("key", "value", "from", "about"), one, strict=True)) for one in shown]
        show(object_lines({"schema": SCHEMA, "path": str(settings.path), "settings": fields}), sheet)
        return
    show(_lines(shown, settings.path, sheet), sheet)


def set_setting(
    ctx: typer.Context,
    key: Key,
    value: Annotated[list[str], typer.Argument(metavar="VALUE...", help="Takes the rest of the line.")],
    *,
    dry_run: DryRun = False,
    as_json: ChangeAsJson = False,
) -> None:
    """Settle something for every journal on this computer.

    Words that begin with a dash want quotes around the whole value.

    Examples:
      coachlog config set journal ~/practice
      coachlog config set editor "code --wait"
      coachlog config set colour never
      coachlog config set aliases.l contact log
    """
    _refuse_unknown(key)
    text = _accepted(key, " ".join(value).strip(), _commands(ctx))
    said = f"{key} is {text} from now on"
    _change(ctx, lambda path, data: settled(path, data or NEW.encode(), key, text), said, (dry_run, as_json))


def unset_setting(ctx: typer.Context, key: Key, *, dry_run: DryRun = False, as_json: ChangeAsJson = False) -> None:
    """Take a setting out again, or an alias.

    Examples:
      coachlog config unset journal
      coachlog config unset aliases.l
    """
    _refuse_unknown(key)
    path = settings_path()
    if key not in {one.key for one in understood(contents(path)[0])[0]}:
        what = f"{key} is not settled in {path}."
        raise WrongCall(what, "`coachlog config` lists what is.")
    said = f"{key} is no longer settled"
    _change(ctx, lambda path, data: unsettled(path, data, key), said, (dry_run, as_json))


def show_path(ctx: typer.Context) -> None:
    """Print the path of the file that your settings stand in, whether it is there or not.

    Examples:
      coachlog config path
    """
    show([line(str(settings_path()))], screen(ctx.obj.color))


def edit_settings(ctx: typer.Context) -> None:
    """Open your settings in your editor; what can't be read opens again, with the errors at their lines.

    Examples:
      coachlog config edit
    """
    wishes: Wishes = ctx.obj
    path = settings_path()
    data, seen = contents(path)
    entries, _ = understood(data)
    stand_in(Settings(path, {one.key: one.text for one in entries}))
    text = data.decode(errors="replace") or NEW + "".join(f"# {one.key}:    # {one.about}\n" for one in SETTINGS)
    work = Work(LABEL, text, lambda answer: _wrong(answer, _commands(ctx)))
    with edited(_drafts(path), attended_editor(wishes), work) as answer:
        if answer != text:
            put(path, answer.encode(), seen)
    if not wishes.quiet:
        show([line(f"edited {path}" if answer != text else f"Nothing was changed in {path}.")], screen(wishes.color))


def _drafts(path: Path) -> Path:
    """Give the folder that drafts of the settings lie in: that of the settings, once it is there."""
    return path.parent if path.parent.is_dir() else path


def _wrong(answer: str, taken: Collection[str]) -> list[Wrong]:
    return [Wrong(one.line, one.message) for one in understood(answer.encode(), taken)[1]]


def _commands(ctx: typer.Context) -> Collection[str]:
    """Give the first words of all commands, which no alias can have."""
    command = ctx.find_root().command
    return command.list_commands(ctx) if isinstance(command, TyperGroup) else ()


def _change(ctx: typer.Context, alter: Callable[[Path, bytes], bytes], said: str, manner: tuple[bool, bool]) -> None:
    """Write a change of the settings and say so, or show it; what can't be read is not changed."""
    wishes: Wishes = ctx.obj
    dry_run, as_json = manner
    path = settings_path()
    read_settings(path, _commands(ctx))
    data, seen = contents(path)
    after = alter(path, data)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    if not dry_run:
        put(path, after, seen)
    if as_json:
        told = _told(understood(after)[0], wishes)
        show(object_lines({"schema": SCHEMA, "written": [] if dry_run else [str(path)], "settings": told}), sheet)
    elif dry_run:
        shown = veiled_diff(wishes, diff_of({FILE: data}, [Rewrite(FILE, seen, after)]))
        show(map(line, shown.splitlines()), sheet)
    elif not sheet.quiet:
        show([line(veiled(wishes, f"{said}; {path} says so"))], sheet)


def _refuse_unknown(key: str) -> None:
    if not is_known(key):
        message = unknown(key)
        what = f"{message[:1].upper()}{message[1:]}"
        raise WrongCall(what, "`coachlog config` lists the settings.")


def _accepted(key: str, text: str, taken: Collection[str]) -> str:
    """Give what is written for a value: the full path of a journal, the words of a command. Raises WrongCall."""
    fault = fault_of(Entry(key, text, 1), taken) or _call_fault(key, text, taken)
    if fault:
        what = f"{key}: {fault}"
        raise WrongCall(what, "`coachlog config set -h` shows examples.")
    if key != KEYS[0]:
        return text
    return str(journal_at(Path(os.path.abspath(Path(text).expanduser()))))  # noqa: PTH100 — links stay as they are


def _call_fault(key: str, text: str, taken: Collection[str]) -> str | None:
    """Say what is wrong with the words of a command."""
    try:
        words = shlex.split(text)
    except ValueError:
        return "there is a quote that is not closed."
    if not words:
        return "a value is needed; `coachlog config unset` takes a setting out."
    if key.startswith(f"{ALIASES}.") and words[0] not in taken:
        return f"`{words[0]}` is no command of coachlog."
    return None


def _shown(wishes: Wishes, settings: Settings) -> Iterator[Shown]:
    for one in SETTINGS:
        value, origin = _counting(one, wishes, settings)
        yield Shown(one.key, value, origin, one.about)
    for name, words in sorted(settings.aliases.items()):
        yield Shown(f"{ALIASES}.{name}", words, "file", "What you may type instead of these words.")


def _masked(shown: Shown) -> Shown:
    """Hide what may name somebody."""
    return shown._replace(value=HIDDEN) if _may_name(shown.key) and shown.value else shown


def _told(entries: Sequence[Entry], wishes: Wishes) -> dict[str, str]:
    """Give what is settled for programs; incognito without what may name somebody."""
    return {one.key: HIDDEN if wishes.incognito and _may_name(one.key) else one.text for one in entries}


def _may_name(key: str) -> bool:
    """Tell whether a setting may name somebody: the way to the journal, and the words of an alias."""
    return key == KEYS[0] or key.startswith(f"{ALIASES}.")


def _counting(setting: Setting, wishes: Wishes, settings: Settings) -> tuple[str | None, str]:
    """Give the value of a setting that counts now, and where it comes from."""
    variable = next((name for name in setting.variables if os.environ.get(name, "").strip()), None)
    in_environment = os.environ[variable].strip() if variable else None
    flag = {"journal": wishes.journal, "colour": wishes.color if wishes.color != "auto" else None}.get(setting.key)
    if flag and flag != in_environment:
        return flag, f"flag {FLAGS[setting.key]}"
    if variable:
        return in_environment, f"environment {variable}"
    here = _journal_here(wishes) if setting.key == KEYS[0] else None
    if here:
        return here, "current folder"
    if setting.key in settings.values:
        return settings.values[setting.key], "file"
    return DEFAULTS.get(setting.key), "default"


def _journal_here(wishes: Wishes) -> str | None:
    try:
        found = journal_if_any(wishes)
    except CoachlogError as error:
        complain(str(error))
        return None
    return str(found) if found else None


def _lines(shown: list[Shown], path: Path, sheet: Sheet) -> Iterator[Line]:
    rows = [(one.key, one.value or "-", one.origin) for one in shown]
    if not sheet.terminal:
        yield from (record(*row) for row in rows)
        return
    top = tuple(Span(one, "dim") for one in ("SETTING", "VALUE", "FROM"))
    yield from table([top, *(tuple(map(Span, row)) for row in rows)])
    yield line("")
    yield line(Span(f"{path}{'' if path.exists() else ' (not there yet)'}", "dim"))
