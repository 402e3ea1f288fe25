"""`coachlog init`: a new journal, empty or with the sample practice."""

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from coachlog.commands.desk.asking_for import ask, can_ask, offer
from coachlog.commands.desk.desk import Desk, Outcome
from coachlog.commands.desk.diffing import diff_of
from coachlog.commands.desk.opening import Wishes, here, now_of
from coachlog.commands.desk.options import AsJson
from coachlog.commands.desk.telling import Telling, tell
from coachlog.commands.keeping.schema import schema_files
from coachlog.errors import CoachlogError, WrongCall
from coachlog.model.practice import Practice
from coachlog.model.words import counted, day_words
from coachlog.store.commit import ABSENT
from coachlog.store.draft import Rewrite
from coachlog.store.layout import CLIENT_FILE, CLIENTS, PRACTICE_FILE
from coachlog.store.load import load_practice
from coachlog.store.lock import DERIVED
from coachlog.store.new_journal import IGNORE_FILE, begin, headed, is_open_to_others, refuse_journal
from coachlog.store.new_practice import Answers, accepted, practice_text
from coachlog.store.sample import ENDS, sample_practice, whole_weeks
from coachlog.versioning.setup import set_up

OFFICE_HOURS = "Mo-Fr 09:00-17:00; PH off"
_MADE = {
    PRACTICE_FILE: "your practice: your answers, and as comments what else can be said",
    f"{CLIENTS}/": "a folder for each client, of plain text that is yours to edit",
    IGNORE_FILE: "what git leaves out: drafts, removed clients, what is derived",
    f"{DERIVED}/": "derived, safe to delete; lets an editor check what you type",
}
"""What lies in a new journal, or comes into it with the first client."""
_NEXT = "coachlog client add NAME; coachlog help start tells how to go on"
_NEXT_IN_THE_SAMPLE = "coachlog, coachlog check, coachlog client list; coachlog help start tells more"
_ZONES = "/zoneinfo/"


def init(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    path: Annotated[str | None, typer.Argument(metavar="[PATH]", help="The folder; default: this one.")] = None,
    *,
    name: Annotated[str | None, typer.Option("--name", help="Your name.")] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="Such as Europe/London.")] = None,
    country: Annotated[str | None, typer.Option("--country", help="For public holidays: GB-ENG, DE, …")] = None,
    office_hours: Annotated[
        str | None, typer.Option("--office-hours", metavar="HOURS", help=f"Such as {OFFICE_HOURS}.")
    ] = None,
    currency: Annotated[str | None, typer.Option("--currency", help="Three letters: GBP, EUR, …")] = None,
    git: Annotated[bool, typer.Option("--git", help="Set git up, too; nothing is committed.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Fill it with the sample practice.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Start a journal: a folder that only you can read, with a commented coachlog.yaml.

    Asks your name, time zone, country, office hours and currency; without a terminal the time zone is needed, and what
    else is not said stays a comment. --demo takes a sample practice of twelve clients, told as if it were today: all
    its days are moved by whole weeks, so that weekdays stay what they are. --git begins a repository unless the folder
    lies in one, and lets git write all that it keeps to the disk; nothing is committed.

    Examples:
      coachlog init ~/practice
      coachlog init --name "Alex Harbour" --timezone Europe/London --country GB-ENG --currency GBP
      coachlog init --office-hours "Mo-Th 09:00-18:00; PH off" --timezone Europe/Berlin
      coachlog init ~/practice --git
      coachlog init ~/sample --demo
    """
    wishes: Wishes = ctx.obj
    root = Path(os.path.abspath(here() / Path(path or wishes.journal or ".").expanduser()))  # noqa: PTH100 — no links
    refuse_journal(root)
    said = {
        "name": name,
        "timezone": timezone,
        "country": country,
        "office_hours": office_hours,
        "currency": currency,
    }
    files = _sample(wishes, said) if demo else _first_file(wishes, said)
    rewrites = [Rewrite(name, ABSENT, data) for name, data in files.items()]
    desk = Desk(root, wishes, [] if dry_run else _begun(root, rewrites, git=git))
    practice = load_practice(root, lambda _: files[PRACTICE_FILE])[0]
    outcome = Outcome(None, practice, (), diff_of({}, rewrites), () if dry_run else tuple(files))
    words = _said(root, practice, files, wishes, demo=demo)
    each = [*_explained(_MADE), f"next: {_way_into(root)}{_NEXT_IN_THE_SAMPLE if demo else _NEXT}"]
    tell(desk, outcome, Telling(words, "practices", [practice], each=each), as_json=as_json)


def _sample(wishes: Wishes, said: Mapping[str, str | None]) -> Mapping[str, bytes]:
    given = next((key for key, value in said.items() if value is not None), None)
    if given:
        what = f"The sample practice has its own {given.replace('_', ' ')}."
        raise WrongCall(what, f"Leave out --demo or --{given.replace('_', '-')}.")
    return sample_practice(now_of(wishes).day)


def _first_file(wishes: Wishes, said: Mapping[str, str | None]) -> Mapping[str, bytes]:
    text = practice_text(_answers(wishes, said))
    return {PRACTICE_FILE: headed(PRACTICE_FILE, text.encode())}


def _answers(wishes: Wishes, said: Mapping[str, str | None]) -> Answers:
    """Take what the call says, and ask for the rest; only the time zone can't be done without."""
    return Answers(
        name=_answer(wishes, "name", "Your name", said["name"]),
        timezone=_answer(wishes, "timezone", "Your time zone", said["timezone"], own_zone(), needed=True),
        country=_answer(wishes, "country", "Country, for public holidays, such as GB-ENG", said["country"]),
        office_hours=_answer(wishes, "office_hours", "Office hours", said["office_hours"], OFFICE_HOURS),
        currency=_answer(wishes, "currency", "Currency, such as GBP", said["currency"]),
    )


def _answer(  # noqa: PLR0913 — a question, and what is known of its answer
    wishes: Wishes, key: str, question: str, said: str | None, default: str = "", *, needed: bool = False
) -> str:
    parse = partial(_read, key, needed=needed)
    if said is not None or not (needed or can_ask(wishes)):
        return parse(said or "")
    if needed or default:
        return ask(wishes, question, f"--{key.replace('_', '-')}", parse, default)
    return offer(wishes, question, parse) or ""


def _read(key: str, text: str, *, needed: bool) -> str:
    if needed and not text:
        what = f"A {key.replace('timezone', 'time zone')} is needed."
        raise WrongCall(what, "Write one such as Europe/London.")
    return text.strip() if key == "name" else accepted(key, text.strip())


def own_zone() -> str:
    """Give the time zone of this computer as a suggestion; empty where it does not say."""
    zone = os.environ.get("TZ", "")
    if not zone:
        zone = os.path.realpath("/etc/localtime").partition(_ZONES)[2]
    try:
        return accepted("timezone", zone)
    except WrongCall:
        return ""


def _begun(root: Path, rewrites: Sequence[Rewrite], *, git: bool) -> list[str]:
    """Begin the journal, and say what became of its folder and of git."""
    return [*_folder_said(root, was_open=begin(root, rewrites, schema_files())), *(_git_said(root) if git else [])]


def _folder_said(root: Path, *, was_open: bool) -> list[str]:
    if is_open_to_others(root):
        return [f"Other people on this computer may look into {root}: chmod 700 {quote(str(root))} closes it to them."]
    return [f"Other people on this computer could look into {root}; it is closed to them now (0700)."] * was_open


def _git_said(root: Path) -> list[str]:
    """Set git up, and say how; the journal is there all the same where git is not."""
    try:
        done = set_up(root)
    except CoachlogError as error:
        return [f"The journal is made, without git. {error}"]
    if done.is_new:
        return [f"A git repository is begun in {root}; nothing is committed yet."]
    return [f"The journal lies in the git repository {done.repository}, which is used; nothing is committed."]


def _said(root: Path, practice: Practice, files: Mapping[str, bytes], wishes: Wishes, *, demo: bool) -> str:
    if demo:
        ends = day_words(ENDS + whole_weeks(now_of(wishes).day))
        clients = counted(sum(name.endswith(CLIENT_FILE) for name in files), "client")
        shown = f"coachlog -C {quote(str(root))} shows it"
        return f"started the sample practice in {root}: {clients}, told as of {ends}; {shown}"
    coach = f"{practice.coach.name}, " if practice.coach and practice.coach.name else ""
    return f"started a journal in {root}: {coach}{practice.timezone.key}"


def _way_into(root: Path) -> str:
    """Say how to get to a journal that commands typed here would not find."""
    if root in (here(), *here().parents):
        return ""
    return f"cd {quote(str(root.relative_to(here()) if root.is_relative_to(here()) else root))}; "


def _explained(made: Mapping[str, str]) -> list[str]:
    """Say of each file what it is, under each other."""
    width = max(map(len, made))
    return [f"{name:<{width}}  {about}" for name, about in made.items()]
