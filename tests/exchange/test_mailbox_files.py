"""Mail as it lies on a disk: each kind is known by what it is, and only the heads of messages are read."""

from pathlib import Path

import pytest

from calling import lay_out
from coachlog.exchange import mailbox_files
from coachlog.exchange.mailbox_files import messages_in

BETWEEN = "From jane@x.org Mon Mar  2 10:00:00 2026\n"
ONE, TWO = "From: a@x\nSubject: one\n\nText\n", "From: b@x\nSubject: two\n\nText\n"

KINDS: list[tuple[dict[str, str], str, list[str]]] = [
    ({"box": f"{BETWEEN}{ONE}\n{BETWEEN}{TWO}"}, "box", ["one", "two"]),
    ({"box": f"{BETWEEN}{ONE}\n{BETWEEN}{TWO}".replace("\n", "\r\n")}, "box", ["one", "two"]),
    ({"box": f"From - Mon Mar 02 10:00:00 2026\n>From x\n{ONE}From here on, 10:00 2026\nno: field\n"}, "box", ["one"]),
    ({"box": f"From 17@xxx Mon Mar 02 10:00:00 +0000 2026\n{ONE}\nFrom me at 10:00\n\nno field\n"}, "box", ["one"]),
    ({"box": f"From \r\n{ONE}\r\nFrom \r\n\r\nFrom \r\n{TWO}"}, "box", ["one", "two"]),
    ({"box": ""}, "box", []),
    ({"a.emlx": f"31      \n{ONE}<?xml version='1.0'?>\n"}, "a.emlx", ["one"]),
    ({"a.eml": ONE}, "a.eml", ["one"]),
    ({"letter": ONE}, "letter", ["one"]),
    (
        {"all/b.eml": TWO, "all/a.EML": ONE, "all/notes.txt": "From: x\n", "all/deep/c.eml": TWO},
        "all",
        ["one", "two", "two"],
    ),
    ({"all/Inbox": f"{BETWEEN}{ONE}", "all/Inbox.msf": "x", "all/Trash/x.eml": TWO}, "all", ["one", "(two)"]),
    (
        {
            "all/Entwürfe": f"{BETWEEN}{ONE}",
            "all/Junk E-mail.mbox/1.emlx": f"9\n{ONE}",
            "all/Binder": f"{BETWEEN}{TWO}",
        },
        "all",
        ["two", "(one)", "(one)"],
    ),
    (
        {
            "M/cur/1:2,S": ONE,
            "M/cur/2:2,DS": TWO,
            "M/new/3": TWO,
            "M/tmp/4": TWO,
            "M/maildirsize": "From: x\n",
            "M/.Sent/cur/5:2,S": ONE,
            "M/.Drafts/cur/6:2,": TWO,
        },
        "M",
        ["one", "(two)", "two", "(two)", "one"],
    ),
]


def subjects(path: Path) -> list[str]:
    """Give the subjects of all messages, in brackets those that nobody sent."""
    found = list(messages_in(path))
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    names = [one.header.decode().partition("Subject: ")[2].strip() for one in found]
    return [f"({name})" if one.is_unsent else name for name, one in zip(names, found, strict=True)]


@pytest.mark.parametrize(("files", "name", "said"), KINDS)
def test_mail_is_known_by_what_it_is(tmp_path: Path, files: dict[str, str], name: str, said: list[str]) -> None:
    """A mailbox, a Maildir, a message, a folder of any of them."""
    assert subjects(lay_out(files, tmp_path) / name) == said


@pytest.mark.parametrize("size", [1_000, 1_001, 1_013, 4_000])
def test_no_message_is_lost_between_two_chunks(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a mailbox is cut for reading, each message is found once, and no attachment is held."""
    monkeypatch.setattr(mailbox_files, "_CHUNK", size)
    messages = [f"From: a@x\nSubject: {number}\n\n{'A' * 76}\n" + "B" * (37 * number) + "\n\n" for number in range(60)]
    path = lay_out({"box": "".join(f"{BETWEEN}{one}" for one in messages)}, tmp_path) / "box"
    assert subjects(path) == [str(number) for number in range(60)]


def test_a_head_without_end_is_a_fault_and_a_body_is_hardly_read(tmp_path: Path) -> None:
    """More than 256 kB is no header; of a body with parts 16 kB are looked at."""
    long = f"From: a@x\nX: {'a' * 300_000}\n\n"
    parts = f"From: a@x\nContent-Type: multipart/mixed\n\n{'b' * 100_000}\n"
    root = lay_out({"box": f"{BETWEEN}{long}{BETWEEN}{parts}{BETWEEN}{ONE}"}, tmp_path)
    first, second, third = messages_in(root / "box")
    assert (first.fault, second.fault) == ("its header is too long", "")
    assert (len(second.body), third.body) == (mailbox_files.BEYOND_HEADER, b"")
