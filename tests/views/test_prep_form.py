"""The form that came back: its answers are found however mail programs have quoted, wrapped and doubled it."""

from collections.abc import Callable, Mapping
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from coachlog.model.action import Action
from coachlog.model.client import Client
from coachlog.model.client_file import ClientFile
from coachlog.model.practice import Practice
from coachlog.model.session import Session
from coachlog.views.prep_form import END, FURTHER, MARKS, QUESTIONS, WIDTH, answers_in, form_for

ZONE = {"zone": ZoneInfo("Europe/London")}
LONG = "Say to Lee and to the whole of the team, in words that nobody can mishear, what the draft is for"
STEPS = (
    Action.model_validate({"step": LONG, "due": "2026-04-05"}, context=ZONE),
    Action.model_validate({"step": "Sleep (at last)"}, context=ZONE),
)
ANSWERS = {
    MARKS[0]: "Two hard one-to-ones.\n\nThe draft waits.",
    MARKS[2]: "How to delegate",
    MARKS[3]: "the team waits",
}
FOUND = {"since": ANSWERS[MARKS[0]], "want": "How to delegate\nMatters: the team waits"}


def form() -> str:
    """Make a form as it is sent, with two open steps and a promise, which is none."""
    promise = Action.model_validate({"step": "Send the book", "kind": "promise"}, context=ZONE)
    file = ClientFile(
        "jane-doe",
        Practice.model_validate({"format": "1", "timezone": "Europe/London"}, context=ZONE),
        Client.model_validate({"name": "Jane Doe", "timezone": "America/New_York"}, context=ZONE),
        actions=(*STEPS, promise),
    )
    return form_for(file, Session.model_validate({"at": "2026-04-01 15:00"}, context=ZONE)).text


def filled(text: str, answers: Mapping[str, str] = ANSWERS) -> str:
    """Write answers below the questions, where the form has room for them."""
    for mark, answer in answers.items():
        place = text.index("\n\n", text.index(mark))
        text = f"{text[:place]}\n{answer}{text[place:]}"
    return text


def quoted(text: str) -> str:
    """Quote a text as a mail program does."""
    return "".join(f"> {line}\n" for line in text.split("\n"))


WROTE = "On Tue, 31 Mar 2026 at 10:00, Alex Harbour\n<alex@harbour.example> wrote:\n"
CAME_BACK: Mapping[str, Callable[[str], str]] = {
    "as it is": filled,
    "with the line ends of another system": lambda sent: filled(sent).replace("\n", "\r\n"),
    "quoted": lambda sent: quoted(filled(sent)),
    "quoted twice, below a greeting": lambda sent: f"Hello,\nsee below.\n\n{WROTE}\n{quoted(quoted(filled(sent)))}",
    "above the form that was sent": lambda sent: f"{filled(sent)}\n{WROTE}\n{quoted(sent)}",
    "below the form that was sent": lambda sent: f"{WROTE}\n{quoted(sent)}\n{filled(sent)}",
    "answered between quoted questions": lambda sent: "\n".join(
        one if one in "\n".join(ANSWERS.values()).split("\n") and one else f"> {one}"
        for one in filled(sent).split("\n")
    ),
    "wrapped by a narrow mail program": lambda sent: filled(sent).replace("what else has", "what else\n> has"),
    "with a signature in place of the end": lambda sent: (
        filled(sent).partition(END)[0] + "\n-- \nJane, sent from a train"
    ),
    "with hard spaces and a mark of the byte order": lambda sent: "\ufeff" + filled(sent).replace("] ", "]\xa0"),
    "with placeholders where nothing stands": lambda sent: filled(sent, {**ANSWERS, MARKS[1]: "____", MARKS[4]: "..."}),
}


@pytest.mark.parametrize("way", CAME_BACK)
def test_answers_are_found_in_whatever_came_back(way: str) -> None:
    """Each goes to its field; what is empty, the steps and the coach's own lines are no answers."""
    assert answers_in(CAME_BACK[way](form()), STEPS) == FOUND


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dear Alex, I shall be late.", None),
        (f"{MARKS[1]} What went well? Said no once", {"well": "Said no once"}),
        (f"{MARKS[1]} Was lief gut?\nAlles", {"well": "Alles"}),
        ("what  went\nwell?\nAll of it\nSent from my telephone", {"well": "All of it"}),
        (f"{QUESTIONS[2].asks}\n> \nRest\n\nThank you for taking the time.\n\nWarm regards,\n\nAl", {"want": "Rest"}),
        (f"{MARKS[2]}\nOne topic: how to stop\n\n\n\nand when", {"want": "One topic: how to stop\n\nand when"}),
        (f"{MARKS[5]} {QUESTIONS[5].asks}\nA walk", {"want": "Might try: A walk"}),
        (f"{MARKS[0]}\n- Sleep (at last)\n- Sleep (at last): did it", {"since": "- Sleep (at last): did it"}),
    ],
    ids=str,
)
def test_a_question_is_known_by_its_mark_or_its_words(text: str, found: Mapping[str, str] | None) -> None:
    """A mark alone serves where the coach asks in other words; a text with neither is no form."""
    assert answers_in(text, STEPS) == found


def test_a_form_that_nobody_filled_in_has_no_answers() -> None:
    """It is known as a form, though, and fits into a mail without being wrapped again."""
    sent = form()
    assert answers_in(sent, STEPS) == {}
    assert max(map(len, sent.splitlines())) <= WIDTH
    assert "Wednesday 1 April 2026 at 15:00 London\ntime (10:00 in New York)." in sent
    assert ("Send the book" in sent, FURTHER in sent) == (False, True)


def test_the_letter_with_the_form_asks_what_is_found_again() -> None:
    """What `draft prep-form` sends can be taken in as well."""
    letter = files("coachlog").joinpath("letters", "prep-form.txt").read_text(encoding="utf-8")
    assert [one.asks for one in QUESTIONS[:3] if one.asks not in letter] == []
    assert all(wording in letter for one in QUESTIONS for wording in one.otherwise)
