"""Letters: good enough to be sent as they are, and nothing in them that is nobody's business."""

# ruff: noqa: E501 — what is on file and what is said of it stand here as they are

import json
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from stat import S_IMODE

import pytest

from calling import NOW, call, call_on_terminal, lay_out
from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.letters.kinds import KINDS, Kind, kind_of
from coachlog.commands.letters.letter import Asked, addressed
from coachlog.errors import CoachlogError, WrongCall
from commands.posted import BARE, OWN, POSTED, PRACTICE

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent.parent / "src" / "coachlog" / "letters"
EXAMPLES = HERE.parent.parent / "examples"
LETTERS = HERE / "letters"
UNSOUND = re.compile(
    r"CANARY|None|\{\{|\{%|\[\]|[^\W_]  +\w|\n\n\n| [.,:;!?)]|\.\.|,,|\( |^ +\w| $|\b(?:[cgfp]\d|[a-j]\d[a-z]{3})\b",
    re.MULTILINE,
)
"""What no letter may hold: what is private, what was not filled in, gaps that something absent left, ids."""
SIGNED = re.compile(r"^ {8}(?=\w)", re.MULTILINE)
"""How a name stands below the line for a signature."""
FILES = POSTED
REMEDY = "Mend it (docs/letters.md lists what a letter knows), or take the built-in one: --built-in."


def desk_at(root: Path) -> Desk:
    """Open a journal as of now."""
    return Desk.open(Wishes(journal=str(root), now=NOW))


def written(desk: Desk, kind: Kind, client: str) -> Iterator[str]:
    """Write a letter in each form in which it comes; none where what it needs is not on file."""
    try:
        letter = addressed(desk, kind, client, Asked())
    except CoachlogError:
        return
    yield f"Subject: {letter.mailed.subject}\n\n{letter.mailed.text}"
    yield from (letter.in_form(form).text for form in (("text", "md") if kind.name == "agreement" else ()))


@pytest.mark.parametrize("kind", KINDS, ids=[one.name for one in KINDS])
def test_a_letter_says_what_a_coach_would_send(journal: Path, kind: Kind) -> None:
    """Each was read aloud; one that changes is read again."""
    said = list(written(desk_at(journal), kind, "jane"))
    assert (LETTERS / f"{kind.name}.txt").read_text(encoding="utf-8") == said[min(len(said) - 1, 1)]


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "practice", ["posted", "bare", pytest.param("harbour", marks=LONG), pytest.param("year", marks=LONG)]
)
def test_no_letter_has_a_gap_or_a_word_too_many(tmp_path: Path, practice: str) -> None:
    """Whatever is absent from the journal leaves no trace in the letter, and what is private never reaches one."""
    mine = {"posted": POSTED, "bare": BARE}.get(practice)
    root = lay_out(mine, tmp_path) if mine else EXAMPLES / practice
    clients = sorted(one.name for one in (root / "clients").iterdir())
    desk = desk_at(root)
    texts = [text for client in clients for kind in KINDS for text in written(desk, kind, client)]
    assert [(found[0], text) for text in texts if (found := UNSOUND.search(SIGNED.sub("", text)))] == []
    assert len(texts) >= len(KINDS)


TOM = "clients/tom-reid/"
LATER = "sessions: [{id: s9, at: 2026-04-08 15:00}, {id: s8, at: 2026-03-02 10:00, status: "
HOLD = "contracts: [{agreed: 2026-01-12, sessions: 6, FEE, pauses: [{from: 2026-04-01, REASON}]}]\n"
ENDED = "contracts: [{agreed: 2026-01-12, ended: {date: 2026-03-20, REASON}}]\n"
REFERRED = "referrals: [{date: 2026-03-05, concern: c1, to: {name: Kim Rao, PHONE}HOW}]\n"
CASES: list[tuple[str, dict[str, str], str, str]] = [
    # the letter, what is on file beside the name, what it says and what it leaves out
    (
        "reminder",
        {"sessions": f"{LATER}held}}]\n", "actions": "actions: [{step: Ask, due: 2026-04-30}]\n"},
        "Subject: Your step until Wednesday 8 April 2026|what you set out to do:|If it no longer fits",
        "we met on|one of them",
    ),
    (
        "reminder",
        {
            "sessions": f"{LATER}held}}]\n",
            "actions": "actions: [{step: Ask, session: s8}, {step: Tell, session: s8}]\n",
        },
        "Subject: Your steps until|to do when we met on Monday 2 March 2026:|If one of them",
        "None",
    ),
    ("prep-form", {"sessions": f"{LATER}held}}]\n"}, "Thank you for taking the time.", "If a step"),
    (
        "cancellation",
        {"sessions": f"{LATER}cancelled, cancelled: {{at: 2026-03-01 10:00, by: coach, reason: non-payment}}}}]\n"},
        "There are payments open, and I would like to settle that|When would a short call",
        "nothing to pay|offer you",
    ),
    (
        "cancellation",
        {
            "contract": HOLD.replace("FEE", "fee: {amount: 90, per: session}").replace(", REASON", ""),
            "sessions": "sessions: [{at: 2026-03-02 10:00, status: cancelled, cancelled: {at: 2026-03-01 10:00, by: coach,"
            " no_rebook: CANARY}}]\n",
        },
        "There is nothing to pay for it, and it does not count towards our sessions.",
        "Which days|offer",
    ),
    (
        "cancellation",
        {
            "contract": "contracts: [{agreed: 2026-01-12, sessions: 6, cancellation: {notice: 24 h, late: counts}}]\n",
            "sessions": "sessions: [{at: 2026-03-02 10:00, status: cancelled, cancelled: {at: 2026-03-02 09:00, by: client,"
            " charge: waived, note: CANARY}}]\n",
        },
        "Under our agreement it would count as one of our sessions; this time it does not.|I would like to offer",
        "nothing to pay",
    ),
    (
        "cancellation",
        {
            "contract": "contracts: [{agreed: 2026-01-12, media: [video, phone]}]\n",
            "sessions": "sessions: [{at: 2026-03-02 10:00, status: cancelled, cancelled: {by: both, reason: technical}}]\n",
        },
        "did not take place, because of technical trouble.|we can also meet by phone, as we agreed.",
        "None",
    ),
    (
        "pause",
        {
            "contract": HOLD.replace("FEE", "ends: 2026-09-30, fee: {amount: 90, per: month}").replace(
                "REASON", "to: 2026-04-30, reason: coach-wellbeing"
            ),
            "sessions": f"{LATER}held}}]\n",
        },
        (
            "This session falls into that time|It does not count towards our sessions.|The monthly fee goes on. The last day of"
            " our agreement is still Wednesday 30 September 2026."
        ),
        "nothing to pay|owe",
    ),
    (
        "pause",
        {"contract": HOLD.replace("FEE", "pro_bono: yes").replace("REASON", "reason: coach-wellbeing")},
        "I will write to you as soon as we can go on, and we will arrange the next session.",
        "Write to me",
    ),
    (
        "hold",
        {"contract": HOLD.replace("FEE", "pro_bono: yes").replace("REASON", "kind: hold, steps: [say how]")},
        "I am putting our sessions on hold for now, from Wednesday 1 April 2026 on.|- Say how",
        "monthly",
    ),
    (
        "hold",
        {"contract": HOLD.replace("FEE", "pro_bono: yes").replace("REASON", "kind: hold, reason: coach-wellbeing")},
        "give you my best just now, and you should have no less.|I will write to you as soon as I can go on",
        "settle",
    ),
    (
        "ending",
        {"contract": ENDED.replace("REASON", "by: sponsor"), "sessions": f"{LATER}held}}]\n"},
        (
            "Your sponsor has decided to end our coaching. It ended on Friday 20 March 2026.|This session is booked after that"
            " day, and does not take place:"
        ),
        "As we agreed|welcome to ask",
    ),
    (
        "ending",
        {"contract": ENDED.replace("REASON", "by: client, reason: client-request")},
        "Should you want to begin something new one day, you are welcome to ask.",
        "None",
    ),
    (
        "ending",
        {"contract": ENDED.replace("REASON", "by: coach, reason: dependency, explained: 2026-03-20")},
        "As we discussed on Friday 20 March 2026, I ended our coaching on that day. Coaching is meant",
        "welcome to ask|have ended",
    ),
    (
        "referral",
        {
            "care": "concerns: [{id: c1, noticed: 2026-03-01, kind: dependency}]\n"
            + REFERRED.replace("PHONE", "phone: 1").replace("HOW", ", handover: 2026-03-09, compensation: 50 GBP")
        },
        (
            "I do not believe that I am the right person|You choose whether you get in touch. Whether|I receive 50 GBP for"
            " recommending Kim Rao.|\n\nI have spoken with Kim Rao."
        ),
        "allowed me|other skills|whom you ring",
    ),
    (
        "closing",
        {
            "contract": ENDED.replace("REASON", "by: both"),
            "sessions": f"{LATER}held}}]\n",
            "actions": "actions: [{step: Ask}]\n",
        },
        "Our coaching has come to its end|This step is still open. It is yours",
        "We meet",
    ),
    (
        "invoice",
        {
            "contract": "contracts: [{agreed: 2026-01-12, fee: {amount: 900, per: package}, payments: "
            "[{date: 2026-01-20, amount: 200}]}]\n"
        },
        "- Coaching, what is left of 900 GBP: 700 GBP",
        "None",
    ),
    (
        "booking",
        {
            "sessions": "sessions: [{at: 2026-04-08 15:00, kind: three-way, with: [mw3xw], moved: [{from: 2026-04-07 15:00}]}]\n",
        },
        "It takes the place of the time that we had before, Tuesday 7 April 2026 at 15:00.|Dr Sam Okafor will be with us.",
        "None",
    ),
]


@pytest.mark.parametrize(("kind", "files", "says", "leaves_out"), CASES)
def test_a_letter_is_true_of_its_case(
    tmp_path: Path, kind: str, files: dict[str, str], says: str, leaves_out: str
) -> None:
    """One or several, by whom and for what reason, what was agreed about money: each sentence fits what is on file."""
    own = {f"{TOM}{name}.yaml": text for name, text in files.items()}
    root = lay_out({"coachlog.yaml": PRACTICE, f"{TOM}client.yaml": "name: Tom Reid\n", **own}, tmp_path)
    (text,) = written(desk_at(root), kind_of(kind), "tom")
    assert [one for one in says.split("|") if one not in text] == [], text
    assert [one for one in leaves_out.split("|") if one in text] == [], text
    assert not UNSOUND.search(text)


def test_who_recommends_is_told_what_a_letter_lacks(journal: Path) -> None:
    """A choice, a way to reach them, and a consent in writing for what was said already."""
    care = REFERRED.replace(", PHONE", "").replace("HOW", ", handover: 2026-03-09")
    lay_out({f"{OWN}care.yaml": care}, journal)
    outcome = call("draft", "referral", "jane", folder=journal)
    told = ("names one person alone", "neither telephone, email nor page", "no consent in writing is on file")
    assert [one for one in told if one not in outcome.err] == []
    assert "nobody to go to" in call("draft", "ending", "jane", folder=journal).err


NUDGES = "actions: [{id: a1, step: Ask, follow_up: {nudge: yes}}, {id: a2, step: Tell, follow_up: {nudge: yes}}]\n"


@pytest.fixture(scope="module")
def toms(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Open the practice of the letters with Tom beside Jane, of whom nothing is on file."""
    root = lay_out({**POSTED, "clients/tom-reid/client.yaml": "name: Tom Reid\n"}, tmp_path_factory.mktemp("toms"))
    return desk_at(root)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("letter jane", "`letter` is no kind of letter."),
        ("re jane", "`re` can mean several kinds of letter. The nearest: reminder, reply-late, referral."),
        ("no-show tom", "tom-reid has no missed session."),
        ("cancellation tom", "tom-reid has no cancelled session."),
        ("invoice tom", "Nothing that tom-reid owes is open."),
        ("payment-reminder tom", "Nothing that tom-reid owes is overdue. coachlog statement tom-reid shows what"),
        ("reminder tom", "tom-reid has neither an open step nor a session to come."),
        ("prep-form tom", "tom-reid has no session to come that a form could prepare."),
        ("nudge tom", "tom-reid has no open step that asks for a nudge."),
        ("reply-late tom", "No message of tom-reid waits for an answer."),
        ("hold tom", "tom-reid has no hold that runs or is to come."),
        ("pause tom", "tom-reid has no pause that runs or is to come."),
        ("ending tom", "tom-reid has no contract that was ended."),
        ("welcome tom", "tom-reid has neither a contract in force nor a draft."),
        ("closing tom", "tom-reid has no contract that counts."),
        ("leader-update tom", "tom-reid has no sponsor on file to write to."),
        ("booking jane --to pat", "booking goes to the client and to nobody else. Leave --to out."),
        ("invoice jane --to kim", "`kim` is no sponsor of jane-doe. There is pat."),
        ("office-closed tom --about x", "No record here is called `x`."),
    ],
)
def test_what_a_letter_lacks_is_said_in_one_line(toms: Desk, words: str, said: str) -> None:
    """The line names what is missing, and how to give it."""
    kind, client, *options = words.split()
    given = dict(zip(options[::2], options[1::2], strict=True))
    with pytest.raises(WrongCall) as refusal:
        addressed(toms, kind_of(kind), client, Asked(given.get("--about"), given.get("--to")))
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("draft reminder", "Whom the reminder is for is missing. Name a client: coachlog draft reminder CLIENT."),
        ("draft booking jane --via phone", "--via says how a letter was sent, and nothing says that it was."),
        ("draft booking jane --format html", "booking has no template as html. Write templates/booking.html"),
        ("draft nudge tom --about a1 --mail", "No email address of tom-reid is on file."),
        ("draft nudge tom", "Several steps of tom-reid ask for a nudge: a1 and a2. Say which one with --about ID."),
    ],
)
def test_what_a_call_lacks_is_said_in_one_line(journal: Path, words: str, said: str) -> None:
    """Nothing is shown then."""
    lay_out({"clients/tom-reid/client.yaml": "name: Tom Reid\n", "clients/tom-reid/actions.yaml": NUDGES}, journal)
    outcome = call(*words.split(), folder=journal)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert said in outcome.err


SHARED = "sharing: {with: [pat], what: [attendance, goals], reported_by: both}"
REFUSED = (
    "Not drafted: how the coaching goes is not yours to tell pat; the contract of 12 Jan 2026 does not share it by "
    "you, and no valid consent allows it (PRV103 coach-reported-progress). Leave it to the client, or ask for a "
    "consent in writing, for leader-update, to pat."
)
CONSENT = "consents: [{id: n1, given: 2026-01-12, to: pat, for: leader-update, form: written, scope: [goals]}]\n"


@pytest.mark.parametrize(
    ("sharing", "consents", "holds"),
    [
        (SHARED, "", {"session", "goal"}),
        (SHARED.replace("both", "coach").replace("attendance, ", ""), "", {"goal"}),
        (SHARED.replace("both", "client"), CONSENT, {"goal"}),
        (SHARED.replace("both", "client"), CONSENT.replace("scope: [goals]", "scope: [attendance]"), {"session"}),
        (SHARED.replace("both", "client"), CONSENT.replace(", scope: [goals]", ""), {"session", "goal"}),
        (SHARED.replace("both", "client"), "", set()),
        (SHARED.replace("[pat]", "[kim]"), "", set()),
        (SHARED.replace("both", "client"), CONSENT.replace("written", "verbal"), set()),
        (SHARED.replace("both", "client"), CONSENT.replace("scope: [goals]", "revoked: 2026-03-01"), set()),
        (SHARED.replace("both", "client"), CONSENT.replace("scope: [goals]", "scope: [topics]"), set()),
    ],
)
def test_a_sponsor_is_told_what_was_agreed_and_nothing_else(
    journal: Path, sharing: str, consents: str, holds: set[str]
) -> None:
    """By the contract's sharing, or by a valid consent of the client; where neither allows anything it is refused."""
    files = {"contract.yaml": POSTED[f"{OWN}contract.yaml"].replace(SHARED, sharing), "care.yaml": consents}
    lay_out({f"{OWN}{name}": text for name, text in files.items()}, journal)
    text = "".join(written(desk_at(journal), kind_of("leader-update"), "jane"))
    assert {word for word, sign in (("session", "We have held"), ("goal", "Delegate")) if sign in text} == holds
    assert ("reached" in text) is (consents == CONSENT.replace(", scope: [goals]", ""))


def test_a_letter_that_tells_a_sponsor_too_much_is_refused(journal: Path) -> None:
    """With the rule, and with what would allow it."""
    contract = POSTED[f"{OWN}contract.yaml"].replace(SHARED, SHARED.replace("both", "client"))
    lay_out({f"{OWN}contract.yaml": contract}, journal)
    outcome = call("draft", "leader-update", "jane", folder=journal)
    assert (outcome.code, outcome.out, outcome.err) == (4, "", f"coachlog: {REFUSED}\n")


@pytest.mark.parametrize(
    ("words", "record"),
    [
        ("welcome jane --via post", "via: post, for: welcome}"),
        ("booking jane --about h9xew", "via: email, for: logistics, session: h9xew}"),
        ("invoice jane --to pat", "via: email, to: pat, for: admin}"),
        ("reminder jane", "via: email, for: reminder, follow_up: f1, session: d5xew}"),
        ("prep-form jane", "via: email, for: prep, follow_up: f2, session: g8xew}"),
        ("nudge jane", "via: email, for: nudge, follow_up: a7kqw, session: d5xew}"),
        ("reply-late jane", "via: email, reply_to: f6juw}"),
    ],
)
def test_a_letter_that_was_sent_is_the_coachs_contact(journal: Path, words: str, record: str) -> None:
    """What it is for and what it keeps is filled in, and the letter is shown with it."""
    outcome = call("draft", *words.split(), "--sent", "9:30", folder=journal)
    written = (journal / OWN / "contacts.yaml").read_text(encoding="utf-8")
    assert outcome.code == 0, outcome.err
    assert f"at: 2026-03-31 09:30, from: coach, {record}" in written
    assert outcome.out.startswith("Subject: ")
    assert re.search(r"\n\nlogged [a-z0-9]{5}: ", outcome.out)


def message(path: Path) -> EmailMessage:
    """Read a message as a mail program does."""
    with path.open("rb") as file:
        read = BytesParser(policy=policy.default).parse(file)
    assert isinstance(read, EmailMessage)
    return read


def test_a_letter_goes_to_the_mail_program_as_a_file(journal: Path) -> None:
    """It is told the way to it and nothing else; the message is complete, and marked as not sent."""
    program = journal / "mail.sh"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$#" "$@" > "$HOME/told"\n', encoding="utf-8")
    program.chmod(0o700)
    outcome = call("draft", "agreement", "jane", "--mail", folder=journal, COACHLOG_MAIL=f"sh {program}")
    (path,) = (journal / "drafts").glob("*.eml")
    assert outcome == (0, f"wrote {path}: agreement to Jane Doe <jane@example.com>\n", "")
    assert (journal / "told").read_text(encoding="utf-8") == f"1\n{path}\n"
    assert (S_IMODE(path.stat().st_mode), path.name.startswith("jane-doe-agreement-")) == (0o600, True)
    mail = message(path)
    heads = [mail[name] for name in ("From", "To", "Subject", "X-Unsent")]
    assert heads == [
        "Alex Harbour <alex@harbour.example>",
        "Jane Doe <jane@example.com>",
        "Our coaching agreement",
        "1",
    ]
    text, page = mail.get_body(("plain",)), next(mail.iter_attachments())
    assert text is not None
    assert text.get_content().startswith("Dear Jane,\n")
    assert (page.get_content_type(), page.get_filename()) == ("text/html", "agreement.html")


def test_a_letter_to_a_sponsor_goes_to_the_sponsor(journal: Path) -> None:
    """An invoice to who pays names single sessions only where attendance is shared; dry, nothing is written."""
    once = call("draft", "invoice", "jane", "--to", "pat", "--mail", folder=journal)
    (path,) = (journal / "drafts").glob("*.eml")
    assert (once.code, once.err.startswith("coachlog: No mail program was opened")) == (0, True)
    assert message(path)["To"] == "Pat Lee <pat@acme.example>"
    contract = journal / OWN / "contract.yaml"
    contract.write_text(contract.read_text(encoding="utf-8").replace("attendance, ", ""), encoding="utf-8")
    veiled = call("draft", "invoice", "jane", "--to", "pat", "--mail", "--dry-run", "--json", folder=journal)
    (letter,) = json.loads(veiled.out)["letters"]
    assert (letter["mail"], letter["email"], letter["to"]) == (None, "pat@acme.example", "Pat Lee")
    assert "- Coaching up to Thursday 12 March 2026: 675 GBP" in letter["text"]
    assert "missed" not in letter["text"]
    assert list((journal / "drafts").glob("*.eml")) == [path]


@pytest.mark.parametrize(
    ("place", "language", "text", "said"),
    [
        ("templates/nudge.txt", "en", "Subject: Hey\n\nHi {{ to.called }}!\n", "Subject: Hey\n\nHi Jane!\n"),
        ("templates/de/nudge.txt", "de-AT", "{{ step.due_iso | written('%d.%m.%Y') }}\n", "01.04.2026\n"),
        ("templates/nudge.txt", "de", "Hi\n", "Hi\n"),
    ],
)
def test_the_coachs_own_template_wins(journal: Path, place: str, language: str, text: str, said: str) -> None:
    """That of the client's language first; --built-in takes the program's all the same."""
    client = POSTED[f"{OWN}client.yaml"] + f"language: {language}\n"
    lay_out({place: text, f"{OWN}client.yaml": client}, journal)
    assert call("draft", "nudge", "jane", folder=journal).out == said
    built_in = call("draft", "nudge", "jane", "--built-in", folder=journal)
    assert built_in.out == (LETTERS / "nudge.txt").read_text(encoding="utf-8")


def test_a_letter_in_english_for_a_client_of_another_language_is_remarked_on(journal: Path) -> None:
    """It is written all the same."""
    lay_out({f"{OWN}client.yaml": POSTED[f"{OWN}client.yaml"] + "language: de\n"}, journal)
    outcome = call("draft", "nudge", "jane", folder=journal)
    assert outcome.err == "coachlog: This is in English; for another language write templates/de/nudge.txt.\n"
    assert outcome.out == (LETTERS / "nudge.txt").read_text(encoding="utf-8")


def test_a_fault_in_a_template_is_one_line_and_the_built_in_one_is_offered(journal: Path) -> None:
    """The file, the line, the reason."""
    lay_out({"templates/nudge.txt": "Subject: a\n\n{{ clint.name }}\n"}, journal)
    assert call("draft", "nudge", "jane", folder=journal) == (
        3,
        "",
        f"coachlog: templates/nudge.txt:3: `clint` is nothing that this letter knows. {REMEDY}\n",
    )


def test_the_kinds_are_listed_and_their_templates_printed(tmp_path: Path) -> None:
    """Neither needs a journal."""
    listed = call("draft", folder=tmp_path)
    assert [row.split("\t")[0] for row in listed.out.splitlines()] == [one.name for one in KINDS]
    assert [one["kind"] for one in json.loads(call("draft", "--json", folder=tmp_path).out)["kinds"]] == [
        one.name for one in KINDS
    ]
    printed = call("draft", "nudge", "--template", folder=tmp_path)
    assert printed.out == (SOURCE / "nudge.txt").read_text(encoding="utf-8")
    page = call("draft", "statement", "--template", "--format", "html", folder=tmp_path)
    assert page.out == (SOURCE / "statement.html").read_text(encoding="utf-8")


def test_incognito_a_letter_names_nobody(journal: Path) -> None:
    """Neither people nor steps nor sums."""
    shown = call("draft", "hold", "jane", "--incognito", folder=journal)
    told = call("draft", "reminder", "jane", "--incognito", "--json", folder=journal)
    assert (shown.code, told.code) == (0, 0)
    assert not re.search(r"Jane|Doe|Alex|Lee|Pat|roadmap|675|second part|example", shown.out + told.out)


def test_on_a_terminal_a_letter_is_wrapped(journal: Path) -> None:
    """Whole words, and what belongs to a point of a list stays below it."""
    outcome = call_on_terminal("draft", "agreement", "jane", folder=journal, NO_COLOR="1")
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert (
        "\n   - Lead the team (brought by you, reached on Friday 20 March 2026). We will\n     know by" in outcome.out
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "words", "said"),
    [
        ("coachlog.yaml", "name: Alex Harbour, ", "", "booking jane", "coachlog.yaml does not say your name"),
        (
            "coachlog.yaml",
            "email: alex@harbour.example, ",
            "",
            "booking jane --mail",
            "does not say your email address.",
        ),
        (
            f"{OWN}client.yaml",
            "email: jane@",
            "email: jane at @",
            "booking jane --mail",
            "none that a mail program can",
        ),
        (f"{OWN}contract.yaml", "amount: 300 GBP", "amount: lots", "invoice jane", "What jane-doe owes can't be told"),
        (
            f"{OWN}contract.yaml",
            "amount: 300 GBP",
            "amount: lots",
            "booking jane",
            "Not all that is on file of jane-doe",
        ),
        (f"{OWN}client.yaml", "timezone: America/New_York", "timezone: Mars", "booking jane", ""),
    ],
)
def test_what_is_wrong_on_file_is_said_before_a_letter_is(  # noqa: PLR0913, PLR0917 — what is changed, called, and said
    journal: Path, name: str, old: str, new: str, words: str, said: str
) -> None:
    """One line on standard error; nothing wrong is reckoned with."""
    lay_out({name: POSTED[name].replace(old, new)}, journal)
    outcome = call("draft", *words.split(), folder=journal)
    assert (said in outcome.err, outcome.err.count("\n")) == (True, 1 if said else 0)
    assert bool(outcome.out) is (words == "booking jane" and "your name" not in said)
