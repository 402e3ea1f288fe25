"""Mail becomes contacts: whose it is, what answers what, what is left out, and that nothing comes twice."""

import json
import re
from pathlib import Path

import pytest

from calling import PRACTICE, Outcome, call, lay_out

COACH = "coach: {name: Alex, email: alex@harbour.example}\n"
TERMS = "{id: 2026a, agreed: 2026-01-12, sessions: 6, between_sessions: {via: {email: 24 h}}}"
JANE = """name: Jane Doe
email: jane@x.org
addresses: [jane@x.org, Jane.Doe@work.example]
sponsors: [{id: pat, name: Pat Lee, email: pat@acme.example}, {name: Kim Roe, email: kim@acme.example}]
"""
FILES = {
    "coachlog.yaml": PRACTICE + COACH,
    "clients/jane-doe/client.yaml": JANE,
    "clients/jane-doe/contract.yaml": f"contracts: [{TERMS}]\n",
    "clients/jane-doe/contacts.yaml": (
        "contacts:\n  # by hand\n  - {at: 2026-03-02 10:04, from: client, via: email, about: CANARY}\n"
    ),
    "clients/tom-reid/client.yaml": (
        "name: Tom Reid\naddresses: [tom@y.org]\nsponsors: [{id: kim, name: Kim Roe, email: kim@acme.example}]\n"
    ),
}
CONTACTS = "clients/jane-doe/contacts.yaml"
TOMS = "clients/tom-reid/contacts.yaml"
DAYS = {"Mon": 2, "Tue": 3, "Wed": 4, "Thu": 5, "Fri": 6, "Apr": 30}


def mail(sender: str, to: str, when: str, name: str = "", *more: str) -> str:
    """Write a message: when is a weekday of early March 2026 and a time in London; name is its Message-ID."""
    day, clock = when.split()
    head = [f"From: {sender}", f"To: {to}", f"Date: {day}, {DAYS[day]} Mar 2026 {clock}:00 +0000"]
    head += [f"Message-ID: <{name}@x>"] if name else []
    return "\n".join([*head, *more, "Subject: CANARY", "", "CANARY\nFrom here on: CANARY", ""])


def mbox(*messages: str) -> str:
    """Put messages into a mailbox."""
    return "".join(f"From x Mon Mar  2 10:00:00 2026\n{one}\n" for one in messages)


def bring_in(root: Path, messages: list[str], *options: str) -> Outcome:
    """Bring a mailbox in."""
    lay_out({"in.mbox": mbox(*messages)}, root)
    return call("contact", "import", "in.mbox", *options, folder=root)


def contacts(root: Path, name: str = CONTACTS) -> list[str]:
    """Give the contacts that a file holds, one a line, without the ids that are made from Message-IDs."""
    path = root / name
    lines = path.read_text(encoding="utf-8").replace("\n    ", ", ").splitlines() if path.exists() else []
    records = [one.strip(" -{}") for one in lines if one.startswith("  - ")]
    names: dict[str, str] = {}
    for one in records:
        names[one.partition("id: ")[2].partition(",")[0] or "none"] = str(len(names) + 1)
    known = re.compile("|".join(names) or "none")
    return [known.sub(lambda found: names[found[0]], one).replace("{", "") for one in records]


ME, HER, HIM = "Alex <alex@harbour.example>", '"Doe, J." <JANE@x.org>', "tom@y.org"
HAND = "id: 1, at: 2026-03-02 10:04, from: client, via: email, about: CANARY"
BROUGHT: list[tuple[list[str], list[str], list[str], str]] = [
    # an answer, and the answer to that
    (
        [
            mail(ME, HER, "Tue 11:00", "b", "In-Reply-To: <a@x>"),
            mail(HER, ME, "Tue 10:00", "a"),
            mail(HER, ME, "Tue 12:00", "c", "References: <a@x> <b@x>"),
        ],
        [
            "id: 2, at: 2026-03-03 10:00, from: client, via: email",
            "id: 3, at: 2026-03-03 11:00, from: coach, via: email, reply_to: 2",
            "id: 4, at: 2026-03-03 12:00, from: client, via: email, reply_to: 3",
        ],
        [],
        "3 messages: 3 new contacts of 1 client",
    ),
    # a later message of an answer belongs to what that answers; one whose question was only logged by hand, to that
    (
        [
            mail(HER, ME, "Tue 10:00", "a"),
            mail(ME, HER, "Tue 11:00", "b", "In-Reply-To: <a@x>"),
            mail(ME, HER, "Tue 11:30", "c", "In-Reply-To: <b@x>"),
            mail(ME, HER, "Wed 11:30", "d", "In-Reply-To: <of@nobody>"),
            mail(ME, HER, "Thu 11:30", "e", "In-Reply-To: <of@nobody>"),
        ],
        [
            "id: 2, at: 2026-03-03 10:00, from: client, via: email",
            "id: 3, at: 2026-03-03 11:00, from: coach, via: email, reply_to: 2",
            "id: 4, at: 2026-03-03 11:30, from: coach, via: email, reply_to: 2",
            "id: 5, at: 2026-03-04 11:30, from: coach, via: email, reply_to: 1",
            "id: 6, at: 2026-03-05 11:30, from: coach, via: email",
        ],
        [],
        "5 messages: 5 new contacts of 1 client",
    ),
    # what was logged by hand is the same, and stands for one message alone
    (
        [
            mail(HER, ME, "Mon 10:00", "a"),
            mail(HER, ME, "Mon 10:01", "b"),
            mail(ME, HER, "Mon 12:00", "c", "In-Reply-To: <a@x>"),
        ],
        [
            "id: 2, at: 2026-03-02 10:01, from: client, via: email",
            "id: 3, at: 2026-03-02 12:00, from: coach, via: email, reply_to: 1",
        ],
        [],
        "3 messages: 2 new contacts of 1 client, 1 already there",
    ),
    # another address, a copy, several clients, a sponsor, and one of two clients
    (
        [
            mail("jane.doe@work.example", ME, "Tue 09:00", "a"),
            mail(ME, "x@z.org", "Tue 10:00", "b", f"Cc: {HER}, {HIM}"),
            mail("pat@acme.example", ME, "Tue 11:00", "c", f"Cc: {HER}"),
            mail(ME, "pat@acme.example", "Tue 12:00", "d", "In-Reply-To: <c@x>"),
            mail("kim@acme.example", ME, "Tue 13:00", "e"),
            mail("kim@acme.example", HIM, "Tue 14:00", "f", f"Cc: {ME}"),
            mail("else@z.org", HER, "Tue 15:00", "g"),
        ],
        [
            "id: 2, at: 2026-03-03 09:00, from: client, via: email",
            "id: 3, at: 2026-03-03 10:00, from: coach, via: email",
            "id: 4, at: 2026-03-03 11:00, from: sponsor, via: email",
            "id: 5, at: 2026-03-03 12:00, from: coach, via: email, to: pat, reply_to: 4",
        ],
        [
            "id: 1, at: 2026-03-03 10:00, from: coach, via: email",
            "id: 2, at: 2026-03-03 14:00, from: sponsor, via: email",
        ],
        "7 messages: 6 new contacts of 2 clients, 1 of a sponsor of several clients, 1 of no client",
    ),
    # words behind a plus sign; and what is only a copy wants no answer
    (
        [
            mail("jane+coach@x.org", "Alex+Work@harbour.example", "Tue 09:00", "a"),
            mail("alex+work@harbour.example", "Jane+Coach@x.org", "Tue 10:00", "b", "In-Reply-To: <a@x>"),
            mail(HER, "boss@work.example", "Tue 11:00", "c", f"Cc: {ME}"),
        ],
        [
            "id: 2, at: 2026-03-03 09:00, from: client, via: email",
            "id: 3, at: 2026-03-03 10:00, from: coach, via: email, reply_to: 2",
            "id: 4, at: 2026-03-03 11:00, from: client, via: email, answer: no",
        ],
        [],
        "3 messages: 3 new contacts of 1 client",
    ),
    # the same message in two mailboxes, one without a name, and a name that two messages share
    (
        [
            mail(HER, ME, "Tue 10:00", "a"),
            mail(HER, ME, "Tue 10:07", "a", "X-Mailbox: sent", "Received: by x; Tue, 3 Mar 2026 10:01:00 +0000"),
            mail(HER, ME, "Wed 10:00", "a"),
            mail(HER, ME, "Thu 10:00"),
            mail(HER, ME, "Thu 10:00"),
        ],
        [
            "id: 2, at: 2026-03-03 10:00, from: client, via: email",
            "id: 3, at: 2026-03-04 10:00, from: client, via: email",
            "id: 4, at: 2026-03-05 10:00, from: client, via: email",
        ],
        [],
        "5 messages: 3 new contacts of 1 client, 2 there twice",
    ),
]


@pytest.mark.parametrize(("messages", "janes", "toms", "said"), BROUGHT)
def test_mail_becomes_contacts_once(
    tmp_path: Path, messages: list[str], janes: list[str], toms: list[str], said: str
) -> None:
    """Each message is the client's who wrote it or got it; the second reading of the same mail adds nothing."""
    root = lay_out(FILES, tmp_path)
    outcome = bring_in(root, messages)
    assert outcome.code == 0
    assert outcome.out.splitlines()[0] == said
    assert contacts(root) == [HAND, *janes]
    assert contacts(root, TOMS) == toms
    texts = "".join(path.read_text(encoding="utf-8") for path in root.glob("clients/*/contacts.yaml"))
    assert texts.count("CANARY") == 1
    assert bring_in(root, messages).out.startswith(f"{len(messages)} messages: no new contacts, ")
    assert contacts(root) == [HAND, *janes]


def test_an_answer_is_matched_to_what_was_brought_in_another_time(tmp_path: Path) -> None:
    """Inbox today, sent mail tomorrow: the thread is the same."""
    root = lay_out(FILES, tmp_path)
    bring_in(root, [mail(HER, ME, "Tue 10:00", "a")])
    assert bring_in(root, [mail(ME, HER, "Tue 11:00", "b", "In-Reply-To: <a@x>")]).code == 0
    assert contacts(root)[2] == "id: 3, at: 2026-03-03 11:00, from: coach, via: email, reply_to: 2"


EVERY = [
    mail(HER, ME, "Tue 10:00", "a"),
    mail(ME, HIM, "Wed 10:00", "b"),
    mail(HER, ME, "Thu 10:00", "c", "Auto-Submitted: auto-replied"),
    mail(HER, ME, "Fri 10:00", "d").replace("2026", "2027"),
    mail("a@shop.example", ME, "Fri 10:00", "e", "List-Id: <x>"),
    mail(ME, HER, "Fri 10:00", "f").replace("alex@harbour", "alex@old"),
]
ASKED: list[tuple[list[str], str]] = [
    ([], "6 messages: 2 new contacts of 2 clients, 1 automatic, 1 dated in the future, 1 from mailing lists, 1 of no"),
    (["--mine", "ALEX@old.example"], "6 messages: 3 new contacts of 2 clients, 1 automatic,"),
    (["--client", "jane"], "6 messages: 1 new contact of 1 client, 1 of other clients,"),
    (["--since", "4 mar 2026"], "6 messages: 1 new contact of 1 client, 1 outside the days asked for,"),
    (["--until", "3 mar 2026"], "6 messages: 1 new contact of 1 client, 1 outside the days asked for,"),
]


@pytest.mark.parametrize(("options", "said"), ASKED)
def test_only_what_is_asked_for_comes_in(tmp_path: Path, options: list[str], said: str) -> None:
    """The rest is counted by why it was left out."""
    assert bring_in(lay_out(FILES, tmp_path), EVERY, *options).out.startswith(said)


def test_the_subject_is_kept_only_where_that_is_asked_for(tmp_path: Path) -> None:
    """It becomes what the contact was about; incognito it is not shown."""
    root = lay_out(FILES, tmp_path)
    messages = [mail(HER, ME, "Tue 10:00", "a")]
    shown = bring_in(root, messages, "--subject", "--dry-run")
    assert re.search(
        r"^\+  - \{id: \w{8}, at: 2026-03-03 10:00, from: client, via: email, about: CANARY\}$", shown.out, re.MULTILINE
    )
    assert "1 message: 1 new contact of 1 client." in shown.err
    hidden = bring_in(root, messages, "--subject", "--dry-run", "--incognito")
    assert not re.search("CANARY|jane|Jane", f"{hidden}")
    assert contacts(root)[0].startswith("at: 2026")
    told = json.loads(bring_in(root, messages, "--subject", "--json").out)
    assert [(one["client"], one["about"], one["open"]) for one in told["contacts"]] == [("jane-doe", "CANARY", True)]
    assert (told["read"], told["new"], told["left_out"], told["bad"]) == (1, 1, {}, 0)


def test_what_the_coach_began_is_for_what_the_words_of_its_subject_say(tmp_path: Path) -> None:
    """Then it belongs to the contracted follow-up of that kind; an answer is none, and what is left is told of."""
    terms = TERMS.removesuffix("}") + ", follow_up: [{id: f1, kind: reminder, when: 1 week after session}]}"
    root = lay_out({**FILES, "clients/jane-doe/contract.yaml": f"contracts: [{terms}]\n"}, tmp_path)
    asks, answers = mail(HER, ME, "Tue 10:00", "a"), mail(ME, HER, "Tue 11:00", "b", "In-Reply-To: <a@x>")
    began = [
        mail(ME, HER, f"{day} 10:00", day).replace("Subject: CANARY", "Subject: Your  Stéps") for day in ("Wed", "Thu")
    ]
    lost = [mail(ME, HER, f"Thu 1{n}:00", f"l{n}", "In-Reply-To: <of@nobody>") for n in range(1, 5)]
    strange = [mail("me@old.example", HER, f"Thu 1{n}:30", f"s{n}") for n in range(3)]
    messages = [asks, answers.replace("Subject: CANARY", "Subject: your steps"), *began, *lost, *strange]
    shown = bring_in(root, [*messages, *[mail(ME, HER, f"Fri 1{n}:00", f"n{n}") for n in range(3)]], "--dry-run")
    assert [one.split(" ")[1] for one in shown.err.splitlines()[:3]] == ["3", "5", "3"]
    done = bring_in(root, messages, "--for", "admin=invoice", "--for", "reminder=your steps")
    assert [one for one in contacts(root) if "for: " in one] == [
        f"id: {number}, at: 2026-03-0{day} 10:00, from: coach, via: email, for: reminder, follow_up: f1"
        for number, day in ((4, 4), (5, 5))
    ]
    assert "answer none" not in done.err


def test_what_it_brings_is_counted_by_client(tmp_path: Path) -> None:
    """A year of mail may bring many findings: they are named by `check`, not here."""
    root = lay_out(FILES, tmp_path)
    said = bring_in(root, [mail(HER, ME, "Tue 10:00", "a"), mail(ME, HIM, "Wed 10:00", "b")]).out.splitlines()
    assert said[1] == "  Jane Doe: 1 contact (1 received, 0 sent), Tue 3 Mar 2026; brings 1 breach"
    assert said[-1] == "  what it brings: coachlog check jane-doe"


NO_DATE = mail(HER, ME, "Tue 10:00", "a").replace("Date:", "X-Date:")


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_bad_messages_are_named_and_left_out(tmp_path: Path, quiet: list[str]) -> None:
    """By their numbers and without a word of theirs; where most are bad, nothing is written."""
    root = lay_out(FILES, tmp_path)
    good = mail(HER, ME, "Tue 10:00", "b")
    outcome = bring_in(root, [good, NO_DATE], *quiet)
    assert outcome.code == 0
    named = "coachlog: in.mbox, message 2: it has no date that can be read.\n"
    assert outcome.err.startswith("" if quiet else named)
    assert len(contacts(root)) == 2
    worse = bring_in(root, [NO_DATE, good, NO_DATE], *quiet)
    assert worse.code == 3
    assert worse.err.splitlines()[-1].startswith("coachlog: 2 of 3 messages could not be used, so nothing was written.")
    assert "CANARY" not in f"{outcome}{worse}"


REFUSED: list[tuple[dict[str, str], list[str], str, int]] = [
    ({"coachlog.yaml": PRACTICE}, ["in.mbox"], "Which address is yours is not known: coachlog.yaml has no `email`", 2),
    ({}, ["nowhere"], "nowhere is not there.", 3),
    ({"letter.txt": "Dear Jane"}, ["letter.txt"], "letter.txt is no mail: it begins neither as a mailbox (mbox)", 3),
    ({}, ["in.mbox", "--client", "zoe"], "No client has the code or name `zoe`.", 2),
    ({CONTACTS: "contacts: [\n"}, ["in.mbox"], "clients/jane-doe/contacts.yaml:2: ", 3),
    ({CONTACTS: "contacts: [{id: a, at: never}]\n"}, ["in.mbox"], f"{CONTACTS} holds a record that can't be read", 3),
    ({"t.csv": "a,b\n"}, ["t.csv"], "A table needs a mapping", 2),
    ({}, ["t.csv", "in.mbox"], "A table is brought in alone", 2),
    ({}, ["t.csv", "--mine", "a@b.c"], "--mine is for mail, and this is a table.", 2),
    ({}, ["t.csv", "--subject"], "--subject is for mail, and this is a table.", 2),
    ({}, ["in.mbox", "--for", "reminder"], "--for says what messages are for, and words that their subject holds.", 2),
    ({}, ["in.mbox", "--for", "party=x"], "`party` is nothing that a contact can be for.", 2),
]


@pytest.mark.parametrize(("files", "words", "sentence", "code"), REFUSED)
def test_what_can_not_be_brought_in_is_said_in_one_line(
    tmp_path: Path, files: dict[str, str], words: list[str], sentence: str, code: int
) -> None:
    """Nothing is written then."""
    root = lay_out({**FILES, "in.mbox": mbox(mail(HER, ME, "Tue 10:00", "a")), **files}, tmp_path)
    before = (root / CONTACTS).read_bytes()
    outcome = call("contact", "import", *words, folder=root)
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.splitlines()[-1].startswith(f"coachlog: {sentence}")
    assert (root / CONTACTS).read_bytes() == before
