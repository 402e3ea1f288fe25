"""Each example that help shows can be typed as it stands: it is run in a practice in which a coach would type it.

The practice lies in `help_practice`. Where an example belongs to another day, DAYS says what is then on file.
"""

import re
import shlex
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pytest

from calling import Outcome, call_piped, lay_out
from coachlog.cli import EXAMPLES, EXAMPLES_OF_GROUPS, GROUPS
from coachlog.command_line import PROGRAM
from test_help import SHELL, sections

PRACTICE = Path(__file__).resolve().parent / "help_practice"
FILES = {str(one.relative_to(PRACTICE)): one.read_text("utf-8") for one in PRACTICE.rglob("*") if one.is_file()}
SPRING = "2026-04-07 16:30"
"""A Tuesday: Jane has one session left, next week, and waits for an answer since last night."""
EDITOR = "sed -i '$ a # gone through'"
JANE = "clients/jane-doe"
PIPED = """Here it is, thanks.
[1/6] Since we last met: what has come of your steps?
Two hard one-to-ones.
[2/6] What went well?
Said no once.
[3/6] What do you want from this session?
How to delegate
"""
"""What `-` reads: a form that came back, which does as notes, too."""


class Day(NamedTuple):
    """When an example is typed, what is then on file, and what was typed before it."""

    now: str = SPRING
    files: Mapping[str, str] = FILES
    before: str = ""


def without(*keys: str) -> str:
    """Give coachlog.yaml without some of its keys."""
    return re.sub(rf"^({'|'.join(keys)}):.*\n(  .*\n)*", "", FILES["coachlog.yaml"], flags=re.MULTILINE)


def practice(text: str) -> Day:
    """Give a day on which coachlog.yaml says something else."""
    return Day(files={**FILES, "coachlog.yaml": text})


def jane(now: str = SPRING, **texts: str) -> Day:
    """Give a day on which some of Jane's files are others."""
    return Day(now, {**FILES, **{f"{JANE}/{name}.yaml": text for name, text in texts.items()}})


def contract(old: str, new: str) -> str:
    """Give Jane's contract with something else in one place; where `old` stops short, up to the end of its line."""
    return re.sub(rf"{old}.*", new, FILES[f"{JANE}/contract.yaml"])


def january(now: str, sessions: str) -> Day:
    """Give a day in January, when all but some bookings and a first mail is still to come."""
    mail = "contacts: [{id: f6juw, at: 2026-01-13 11:40, from: client, via: email}]\n"
    steps = "actions: [{id: a7kqw, step: Hand the roadmap draft to Lee, due: 2026-01-14}]\n"
    files = jane(now, sessions=sessions, actions=steps, contacts=mail, care="").files
    return Day(now, {**files, "supervision.yaml": "", "form.txt": PIPED})


FIRST = "sessions:\n  - {id: b3xew, at: 2026-01-14 15:00, via: video}\n"
BOTH = f"{FIRST}  - {{id: d2nnw, at: 2026-01-28 15:00, via: video}}\n"
NOTHING = dict.fromkeys(("contract", "sessions", "actions", "contacts", "care"), "")
ALONE = {name: text for name, text in FILES.items() if not name.startswith("clients/")}
SOON = "2026-01-13 09:00"
MORNING = "2026-01-14 09:00"
DRAFT = "contracts: [{id: 2026b, sessions: 6, length: 60 min, fee: {amount: 900 GBP, per: package}}]\n"
LAST_HELD = FILES[f"{JANE}/sessions.yaml"].replace("2026-04-15 15:00", "2026-04-15 15:00, status: held, minutes: 60")
GIVEN = "consents: [{id: n2vdw, given: 2026-01-12, form: written, to: pat, for: leader-update}]\n"
CROSSED = jane(
    contract=contract("sessions: 6", "sessions: 2"),
    contacts="contacts: [{id: f6juw, at: 2026-04-05 20:45, from: coach, via: email, for: admin}]\n",
)
DAYS = {
    "init": Day(files={}),
    "client add": Day(files=ALONE),
    "client rename": Day(files={name.replace("jane-doe", "c07"): text for name, text in FILES.items()}),
    "coachlog client rename jane-doe c07": Day(),
    "contract new": jane(**NOTHING),
    "contract agree": jane(**{**NOTHING, "contract": DRAFT}),
    "contract resume": jane(contract=contract("- {id: p1", "- {id: p1, from: 2026-03-28, by: client}")),
    "contract lift": jane(contract=contract("- {id: p1", "- {id: p2, from: 2026-03-28, kind: hold, by: coach}")),
    "contract end": jane("2026-07-01 12:00", sessions=LAST_HELD),
    "goal reach": Day("2026-07-01 12:00"),
    "absence add": practice(without("absences")),
    "absence told": Day("2026-07-01 12:00"),
    "directory add": practice(without("directory")),
    "coachlog check --baseline baseline.jsonl": Day(before="coachlog check --baseline baseline.jsonl --write-baseline"),
    "coachlog check --staged": Day(
        files={**FILES, ".git/HEAD": "ref: refs/heads/main\n", ".git/objects/x": "", ".git/refs/x": ""}
    ),
    "waive": CROSSED,
    "coachlog waive jane CTC101": jane("2026-06-01 12:00", contract=contract("between_sessions:", "")),
    "waive practice": practice(without("supervisor")),
    "session book": january("2026-01-12 10:00", ""),
    "session move": january(SOON, BOTH),
    "session cancel": january(MORNING, BOTH),
    "session no-show": january("2026-01-14 15:30", BOTH),
    "session start": january("2026-01-14 14:55", BOTH),
    "session log": january("2026-01-14 16:10", FIRST),
    "prep form": january(SOON, BOTH),
    "prep record": january(MORNING, BOTH),
    "consent revoke": jane(care=GIVEN),
    "sponsor add": jane(client=re.sub(r"sponsors:\n.*\n", "", FILES[f"{JANE}/client.yaml"])),
    "config set": Day(files={**FILES, "practice/coachlog.yaml": FILES["coachlog.yaml"]}),
    "config unset": Day(
        files={**FILES, ".config/coachlog/config.yaml": "journal: ~/practice\naliases: {l: contact log}\n"}
    ),
}
"""The day of an example, or of all whose lines begin so, that is not typed in spring."""

ENDLESS = "coachlog check --watch"
"""It goes on until Ctrl-C (tests/commands/test_watch.py)."""
REFUSED = {
    "coachlog init ~/practice": "Your time zone is needed, and there is nobody to ask.",
    "coachlog init ~/practice --git": "Your time zone is needed, and there is nobody to ask.",
    "coachlog prep record jane": "What the client answered is needed, and there is nobody to ask.",
    "coachlog delete jane f6juw": "asks first, and there is nobody to ask. Add --yes.",
}
"""What ends in a question that only a terminal answers, and what is said without one."""
FOUND = 1
"""How a check ends that has found breaches: in this practice each that is not kept from it."""
EXAMPLES_OF = {name: SHELL.findall(text)[-1].splitlines() for name, text in sections().items()}


def day_of(example: str) -> Day:
    """Give the day on which an example is typed: that of the longest beginning which has one."""
    line = f"{example} ".removeprefix(f"{PROGRAM} ")
    named = [one for one in DAYS if line.startswith(f"{one.removeprefix(f'{PROGRAM} ')} ")]
    return DAYS[max(named, key=len)] if named else Day()


def run(example: str, folder: Path) -> Outcome:
    """Type an example on its day in a new folder, which is the coach's home, up to where a shell sends its output."""
    day = day_of(example)
    home = lay_out({"here": "", **day.files}, folder / "home")
    piped = lay_out({"piped": PIPED if " -" in example.replace(" --", "") else ""}, folder) / "piped"
    for line in filter(None, (day.before, example)):
        typed = takewhile(lambda word: word not in {">", "|"}, shlex.split(line)[1:])
        words = [re.sub("^~(?=/)", str(home), word) for word in typed]
        outcome = call_piped(piped, *words, folder=home, COACHLOG_NOW=day.now, EDITOR=EDITOR)
    return outcome


def wrong(example: str, outcome: Outcome) -> bool:
    """Tell whether an example came to anything but what it is there for."""
    if said := REFUSED.get(example):
        return outcome.code == 0 or said not in outcome.err
    return outcome.code not in ({0, FOUND} if example.startswith("coachlog check") else {0})


@pytest.mark.parametrize("name", EXAMPLES_OF)
def test_every_example_runs(tmp_path: Path, name: str) -> None:
    """Each is a call of its command, and does what it is there for."""
    examples = [one for one in EXAMPLES_OF[name] if one != ENDLESS]
    outcomes = {one: run(one, tmp_path / str(at)) for at, one in enumerate(examples)}
    assert {one: outcome for one, outcome in outcomes.items() if wrong(one, outcome)} == {}


def test_the_examples_of_the_program_and_of_groups_are_those_of_their_commands() -> None:
    """So they run, too; and no group is without."""
    known = {one for several in EXAMPLES_OF.values() for one in several}
    assert [one for one in (*EXAMPLES, *EXAMPLES_OF_GROUPS) if one not in known] == []
    shown = {one.split()[1] for one in EXAMPLES_OF_GROUPS}
    assert shown == {name for name, *_ in GROUPS}


def test_no_day_and_no_refusal_is_left_over() -> None:
    """Each is that of some example which help shows."""
    known = [f"{one} " for several in EXAMPLES_OF.values() for one in several]
    told = (f"{PROGRAM} {one.removeprefix(f'{PROGRAM} ')} " for one in (*DAYS, *REFUSED, ENDLESS))
    assert [one for one in told if not any(line.startswith(one) for line in known)] == []
