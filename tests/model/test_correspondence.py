"""Contact between sessions: what wants an answer, what answers it and by when, and what a contact belongs to."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import FollowUp

Read = Callable[..., ClientFile]

OFFICE = 'office_hours: "Mo-Fr 09:00-17:00"\nabsences: [{from: 2026-08-03, to: 2026-08-14}]\n'
CONTRACT = """
contracts:
  - id: a
    agreed: 2026-01-12
    ends: 2026-06-30
    between_sessions: {via: {email: 24 h, phone: 2 days, post: }}
    follow_up: [{id: f1, kind: reminder, when: 1 week after session, via: email}]
    amendments:
      - {id: m1, agreed: 2026-04-01, set: {between_sessions: {via: {email: 2 h}, hours: Mo-Su 08:00-20:00}}}
  - {id: b, agreed: 2026-07-15, between_sessions: none, follow_up: [{id: f2, kind: goals, when: 2026-08-01}]}
"""
ACTIONS = """
actions:
  - {id: a1, step: write, follow_up: {every: day}}
  - {id: a2, step: send the article, kind: promise}
  - {id: a3, step: think}
  - {id: f1, step: has the id of a follow-up}
"""


def contacts(*fields: str) -> str:
    """Write a contacts.yaml of contacts in flow style, each a text of fields."""
    return "contacts:\n" + "".join(f"  - {{{text}}}\n" for text in fields)


def on_friday(fields: str) -> str:
    """Write one contact of Friday 6 March 2026, 16:00."""
    return contacts(f"id: c, at: 2026-03-06 16:00, {fields}")


QUIET = ("success", "update", "prep", "acknowledgement", "feedback", "social")
LOUD = (
    *("question", "logistics", "check-in", "nudge", "reminder", "welcome", "work", "goals", "crisis", "complaint"),
    *("redirect", "enquiry", "admin", "other"),
)
LIVE = ("phone", "video", "in-person")
WRITTEN = ("email", "text", "message", "post", "carrier-pigeon")


@pytest.mark.parametrize(
    ("fields", "wants"),
    [
        *((f"from: client, via: {medium}", True) for medium in WRITTEN),
        *((f"from: client, via: {medium}", False) for medium in LIVE),
        *((f"from: client, via: {medium}, answer: yes", True) for medium in LIVE),
        *((f"from: client, via: email, for: {purpose}", True) for purpose in LOUD),
        *((f"from: client, via: email, for: {purpose}", False) for purpose in QUIET),
        *((f"from: client, via: email, for: {purpose}, answer: yes", True) for purpose in QUIET),
        ("from: client, via: email, answer: no", False),
        ("from: client, via: email, reply_to: x1", False),
        ("from: client, via: email, reply_to: x1, answer: yes", True),
        *((f"from: {who}, via: email", False) for who in ("coach", "sponsor", "other")),
        *((f"from: {who}, via: email, answer: yes", False) for who in ("coach", "sponsor", "other")),
    ],
)
def test_what_wants_an_answer(fields: str, *, wants: bool, read_jane: Read) -> None:
    """By default what comes from the client, but a call, what asks nothing, and a reply; `answer:` decides."""
    assert read_jane(contacts=on_friday(fields)).contacts[0].wants_answer == wants


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        *((f"from: client, via: {medium}, minutes: 4", True) for medium in LIVE),
        ("from: client, via: phone, minutes: 0", True),
        ("from: client, via: phone, minutes: 4, answer: no", True),
        ("from: client, via: phone", False),
        ("from: client, via: phone, minutes: 4, answer: yes", False),
        ("from: client, via: email, minutes: 4", False),
        *((f"from: {who}, via: phone, minutes: 4", False) for who in ("coach", "sponsor", "other")),
    ],
)
def test_a_taken_call_has_minutes_and_asks_for_nothing_more(fields: str, *, taken: bool, read_jane: Read) -> None:
    """A client's phone, video or in-person contact with `minutes` that does not say `answer: yes`."""
    assert bool(read_jane(contacts=on_friday(fields)).correspondence.taken_calls) == taken


@pytest.mark.parametrize(
    ("fields", "with_client"),
    [
        ("from: coach", True),
        ("from: coach, to: pat", False),
        ("from: coach, reply_to: s1", False),
        ("from: coach, reply_to: o1", False),
        ("from: coach, reply_to: c1", True),
        ("from: coach, reply_to: [c1, s1]", False),
        ("from: coach, reply_to: k1", True),
        ("from: coach, reply_to: gone", True),
        ("from: client", False),
        ("from: sponsor", False),
    ],
)
def test_a_contact_by_the_coach_is_with_the_client_unless_it_is_with_somebody_else(
    fields: str, *, with_client: bool, read_jane: Read
) -> None:
    """It has `to`, or replies to one from a sponsor or somebody else."""
    before = [f"id: {who[0] if who != 'coach' else 'k'}1, at: 2026-03-02 10:00, from: {who}, via: email" for who in
              ("client", "sponsor", "other", "coach")]  # fmt: skip
    file = read_jane(contacts=contacts(*before, f"at: 2026-03-06 16:00, via: email, {fields}"))
    assert file.correspondence.with_client(file.contacts[-1]) == with_client


C1 = "id: c1, at: 2026-03-02 10:00, from: client, via: email"
C2 = "id: c2, at: 2026-03-03 10:00, from: client, via: email"
CALL = "id: c3, at: 2026-03-03 11:00, from: client, via: phone, answer: yes"


@pytest.mark.parametrize(
    ("file", "answered"),
    [
        # it answers what it names, and every earlier open one on the medium
        ((C1, C2, CALL, "id: r1, at: 2026-03-04 10:00, from: coach, via: email, reply_to: c2"), "c1:r1 c2:r1 c3:-"),
        ((C1, C2, CALL, "id: r1, at: 2026-03-04 10:00, from: coach, via: email, reply_to: c3"), "c1:r1 c2:r1 c3:r1"),
        ((C1, C2, CALL, "id: r1, at: 2026-03-04 10:00, from: coach, via: phone, reply_to: c1"), "c1:r1 c2:- c3:r1"),
        ((C1, C2, "id: r1, at: 2026-03-04 10:00, from: coach, via: text, reply_to: [c1, c2]"), "c1:r1 c2:r1"),
        # not what came later, and no second time
        ((C1, "id: r1, at: 2026-03-02 12:00, from: coach, via: email, reply_to: c1", C2), "c1:r1 c2:-"),
        (
            (
                "id: r2, at: 2026-03-04 10:00, from: coach, via: email, reply_to: c2",
                *(C2, C1, "id: r1, at: 2026-03-02 12:00, from: coach, via: email, reply_to: c1"),
            ),
            "c1:r1 c2:r2",
        ),
        ((C1, "id: r1, at: 2026-03-02 12:00, from: coach, via: email, reply_to: c1",
          "id: r2, at: 2026-03-02 13:00, from: coach, via: email, reply_to: c1"), "c1:r1"),
        # a message that answers nothing is no reply, nor is one to somebody else, nor one by the client
        ((C1, "id: r1, at: 2026-03-04 10:00, from: coach, via: email"), "c1:-"),
        ((C1, "id: r1, at: 2026-03-04 10:00, from: coach, via: email, reply_to: c1, to: pat"), "c1:-"),
        ((C1, "id: r1, at: 2026-03-04 10:00, from: client, via: email, reply_to: c1"), "c1:-"),
        # one that names what is not there, or the coach's own, still is a later reply on the medium
        ((C1, "id: r1, at: 2026-03-04 10:00, from: coach, via: email, reply_to: gone"), "c1:r1"),
        # an id that occurs twice means its first
        (
            (C1, C2.replace("c2", "c1"), "id: r1, at: 2026-03-04 10:00, from: coach, via: text, reply_to: c1"),
            "c1:r1 c1:-",
        ),
    ],
)  # fmt: skip
def test_which_reply_was_the_first_to_answer(file: tuple[str, ...], answered: str, read_jane: Read) -> None:
    """A reply answers what it names and every earlier open contact of the client on its medium."""
    read = read_jane(contacts=contacts(*file))
    letters = read.correspondence
    asked = [contact for contact in letters.contacts if contact.by_client and not contact.reply_to]
    first = [(contact.id, letters.first_reply(contact)) for contact in asked]
    assert " ".join(f"{name}:{(reply and reply.id) or '-'}" for name, reply in first) == answered
    for contact in asked:
        reply = letters.first_reply(contact)
        assert reply is None or contact in letters.answered_first_by(reply)


def test_a_sponsor_is_answered_by_what_names_their_message(read_jane: Read) -> None:
    """What the coach writes to a sponsor is outside the client's correspondence, and answers it all the same."""
    file = read_jane(
        contacts=contacts(
            "id: s1, at: 2026-03-02 10:00, from: sponsor, via: email, for: complaint",
            "id: s2, at: 2026-03-02 11:00, from: sponsor, via: email",
            "id: r1, at: 2026-03-04 10:00, from: coach, via: email, reply_to: s1",
        ),
    )
    answers = [file.correspondence.reply_to_anybody(contact) for contact in file.contacts[:2]]
    assert [reply and reply.id for reply in answers] == ["r1", None]
    assert file.correspondence.by_coach == ()


@pytest.mark.parametrize(
    ("practice", "fields", "due", "promised", "by"),
    [
        (OFFICE, "at: 2026-03-06 16:00, via: email", "2026-03-09 16:00", "24 h", "a"),
        (OFFICE, "at: 2026-03-06 16:00, via: phone", "2026-03-10 16:00", "2 days", "a"),
        (OFFICE, "at: 2026-03-06 16:00, via: post", None, None, None),  # a medium without a time
        (OFFICE, "at: 2026-03-06 16:00, via: text", None, None, None),  # a medium that the clause does not name
        (OFFICE, "at: 2026-01-11 16:00, via: email", None, None, None),  # no contract yet
        (OFFICE, "at: 2026-07-16 16:00, via: email", None, None, None),  # contact was not agreed
        (OFFICE, "at: 2026-03-31 18:00, via: email", "2026-04-02 09:00", "24 h", "a"),  # by the terms of its own day
        (OFFICE, "at: 2026-04-01 18:30, via: email", "2026-04-02 08:00", "2 h", "a/m1"),
        (OFFICE, "at: 2026-04-04 10:00, via: email", "2026-04-04 12:00", "2 h", "a/m1"),
        ("", "at: 2026-03-06 16:00, via: email", "2026-03-07 16:00", "24 h", "a"),  # no hours at all
        ("", "at: 2026-03-06 16:00, via: phone", "2026-03-08 16:00", "2 days", "a"),
        ("", "at: 2026-04-01 18:30, via: email", "2026-04-02 08:00", "2 h", "a/m1"),
    ],
)
def test_an_answer_is_due_by_the_terms_of_the_day(  # noqa: PLR0913, PLR0917 — a row of the table
    practice: str, fields: str, due: str | None, promised: str | None, by: str | None, read_jane: Read
) -> None:
    """The clause's own hours, else the office hours; a medium without a time has no deadline."""
    file = read_jane(practice, contract=CONTRACT, contacts=contacts(f"{fields}, from: client"))
    deadline = file.correspondence.deadline(file.contacts[0])
    shown = deadline and (f"{deadline.at.wall:%Y-%m-%d %H:%M}", str(deadline.promised), deadline.clause.record.label)
    assert shown == (due and (due, promised, by))


@pytest.mark.parametrize(
    ("fields", "out"),
    [
        ("at: 2026-03-06 17:15, via: email", False),
        ("at: 2026-03-06 17:16, via: email", True),
        ("at: 2026-03-06 08:45, via: email", False),
        ("at: 2026-03-07 12:00, via: email", True),
        ("at: 2026-03-07 12:00, via: phone, for: crisis", False),
        ("at: 2026-03-07 12:00, via: email, for: redirect", True),
        ("at: 2026-03-07 12:00, via: email, for: admin", True),
        ("at: 2026-03-07 12:00, via: email, for: logistics", False),  # a session on Sunday at 11:00
        ("at: 2026-03-07 10:59, via: email, for: logistics", True),
        ("at: 2026-03-07 12:00, via: email, for: logistics, session: s1", False),
        ("at: 2026-03-07 12:00, via: email, for: logistics, session: s2", True),
        ("at: 2026-03-08 10:50, via: text", False),
        ("at: 2026-03-08 12:20, via: text", True),
        ("at: 2026-08-05 12:00, via: email", True),  # on leave
        ("at: 2026-04-04 20:10, via: email", False),  # the clause's own hours
        ("at: 2026-04-04 20:16, via: email", True),
        ("at: 2026-07-04 12:00, via: email", True),  # no contract: the office hours
    ],
)
def test_what_the_coach_does_out_of_hours(fields: str, *, out: bool, read_jane: Read) -> None:
    """More than the tolerance away from the hours, or on leave; a crisis and what a session needs come at any hour."""
    booked = "sessions: [{id: s1, at: 2026-03-08 11:00, status: held}, {id: s2, at: 2026-05-08 11:00}]"
    file = read_jane(OFFICE, contract=CONTRACT, sessions=booked, contacts=contacts(f"{fields}, from: coach"))
    assert file.correspondence.is_out_of_hours(file.contacts[0], timedelta(minutes=15)) == out


def test_without_hours_nothing_is_out_of_hours(read_jane: Read) -> None:
    """Where neither the clause nor the practice has hours, none are asked for."""
    file = read_jane(contract=CONTRACT, contacts=contacts("at: 2026-03-07 03:00, from: coach, via: email"))
    assert not file.correspondence.is_out_of_hours(file.contacts[0], timedelta())


@pytest.mark.parametrize(
    ("fields", "kind", "follows", "keeps"),
    [
        ("follow_up: f1", FollowUp, True, False),
        ("follow_up: f2", FollowUp, True, False),
        ("follow_up: a1", Action, True, False),
        ("follow_up: a2", Action, False, True),
        ("follow_up: a3", Action, False, False),
        ("follow_up: gone", type(None), False, False),
        ("for: reminder", type(None), False, False),
    ],
)
def test_a_contact_belongs_to_the_follow_up_that_it_names(
    fields: str, kind: type[object], *, follows: bool, keeps: bool, read_jane: Read
) -> None:
    """One of the contract in force, else of another contract, else an action; a promise is kept by naming it."""
    file = read_jane(
        contract=CONTRACT,
        actions=ACTIONS,
        contacts=contacts(f"at: 2026-03-06 16:00, from: coach, via: email, {fields}"),
    )
    letters, (contact,) = file.correspondence, file.contacts
    assert isinstance(letters.belongs_to(contact), kind)
    assert (letters.belongs_to_follow_up(contact), letters.keeps_promise(contact)) == (follows, keeps)


@pytest.mark.parametrize(
    ("fields", "started"),
    [
        ("from: client, via: email", True),
        ("from: client, via: phone, minutes: 4", True),
        ("from: client, via: email, for: success", True),
        ("from: client, via: email, reply_to: x", False),
        ("from: client, via: email, follow_up: f1", False),
        *(
            (f"from: client, via: email, for: {what}", False)
            for what in ("prep", "update", "logistics", "redirect", "crisis")
        ),
        ("from: coach, via: email", False),
        ("from: sponsor, via: email", False),
    ],
)
def test_what_the_client_started(fields: str, *, started: bool, read_jane: Read) -> None:
    """Neither replies, follow-ups, forms, updates, logistics, redirections and crises, nor what lies near a session."""
    away, near = on_friday(fields), on_friday(fields).replace("16:00", "15:10")
    session = "sessions: [{at: 2026-03-06 14:00, status: held}]"
    assert bool(read_jane(sessions=session, contacts=away).correspondence.started_by_client) == started
    assert not read_jane(sessions=session, contacts=near).correspondence.started_by_client
