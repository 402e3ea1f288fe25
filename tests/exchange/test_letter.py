"""What the header of a message says, however it is written; and which messages are no contact between two people."""

import time

import pytest

from coachlog.exchange.letter import letter_of, readable_subject
from coachlog.exchange.mailbox_files import Raw

PLAIN = "From: Jane <jane@x.org>\nTo: alex@y.org\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <a@x>\n"
LATER = "Tue, 3 Mar 2026 10:00:00 +0100"


def read(header: str | bytes, body: bytes = b"") -> dict[str, object]:
    """Read a header, and give what it says with the moment in UTC and the subject as it can be read."""
    letter = letter_of(Raw("box", 1, header if isinstance(header, bytes) else header.encode(), body))
    sent = f"{letter.sent:%Y-%m-%d %H:%M}" if letter.sent else ""
    return {**letter._asdict(), "sent": sent, "subject": readable_subject(letter)}


SAYS: list[tuple[str | bytes, str, object]] = [
    (PLAIN, "sender", "jane@x.org"),
    (PLAIN.replace("\n", "\r\n"), "receivers", ("alex@y.org",)),
    ('From: "Doe, Jane" <JANE@X.org>\n', "sender", "jane@x.org"),
    ("From: jane@x.org\n", "sender", "jane@x.org"),
    ("FROM : jane@x.org (Jane)\n", "sender", "jane@x.org"),
    ("From: =?utf-8?q?Jane_D=C3=B6e?=\n <jane@x.org>\n", "sender", "jane@x.org"),
    ("From: =?utf-8?q?Jane_=3Cjane=40x=2Eorg=3E?=\n", "sender", "jane@x.org"),
    ("Sender: jane@x.org\n", "sender", "jane@x.org"),
    (b"From: J\xfcrgen <j@x.org>\n", "sender", "j@x.org"),
    ("From: 'jane@x.org' <jane@x.org>\n", "sender", "jane@x.org"),
    ("To: 'alex@y.org' <alex@y.org>; 'B' <b@y.org>\n", "receivers", ("alex@y.org", "b@y.org")),
    (b"\xef\xbb\xbfFrom: jane@x.org\n", "sender", "jane@x.org"),
    ("From: nobody\n", "sender", ""),
    ("To: undisclosed-recipients:;\n", "receivers", ()),
    ('To: Team: a@x.org, "B, C" <b@x.org>;\nCc: c@x.org,\n  a@x.org\nBcc: d@x.org\n', "receivers", tuple("abcd")),
    ("To: " + "(" * 50_000 + "\n", "receivers", ()),
    (PLAIN, "sent", "2026-03-02 10:00"),
    ("Date: Mon, 2 Mar 2026 10:00:00 -0500 (EST)\n", "sent", "2026-03-02 15:00"),
    ("Date: 2 Mar 26 10:00:60 GMT\n", "sent", "2026-03-02 10:00"),
    ("Date: Mon, 2 Mar 2026 10:00:00\n", "sent", "2026-03-02 10:00"),
    ("Date: yesterday\n", "sent", ""),
    ("Date: Mon, 30 Feb 2026 10:00:00 +0000\n", "sent", ""),
    ("Date: Mon, 2 Mar 2026 10:00:00 +9900\n", "sent", ""),
    ("Date: Mon, 2 Mar 9999 10:00:00 +0000\n", "sent", ""),
    (f"Received: by b; {LATER}\nReceived: by a; Mon, 2 Mar 2026 10:00:00 +0100\n", "sent", "2026-03-02 09:00"),
    ("Date: 2026-03-02T10:00:00Z\n", "sent", "2026-03-02 10:00"),
    (f"Date: Tue, 3 Mar 2026 12:00:00 +0000\nReceived: by a; {LATER}\n", "sent", "2026-03-03 09:00"),
    (f"Date: Tue, 3 Mar 2026 09:04:00 +0000\nReceived: by a; {LATER}\n", "sent", "2026-03-03 09:04"),
    (f"Date: Mon, 2 Mar 2026 21:00:00 +0000\nReceived: by a; {LATER}\n", "sent", "2026-03-02 21:00"),
    (f"Date: Thu, 1 Jan 1970 00:00:00 +0000\nReceived: by a; {LATER}\n", "sent", "2026-03-03 09:00"),
    (PLAIN, "name", "<a@x>"),
    ("Message-ID: a@x\n", "name", "<a@x>"),
    ("In-Reply-To: <b@x>\nReferences: <z@x> <a@x>\n <b@x>\n", "answers", ("<b@x>", "<a@x>", "<z@x>")),
    ("In-Reply-To: your message of Monday\n", "answers", ()),
    ("Subject: =?utf-8?b?Q2Fmw6k=?=\n and\n\tmore\n", "subject", "Café and more"),
    ("Subject: =?wrong?q?x?= y\n", "subject", "=?wrong?q?x?= y"),
    ("Subject: =?utf-8?q?=1B=5D52=0A?=x\n", "subject", "]52 x"),
    (f"Subject: {'a' * 999}\n", "subject", "a" * 200),
    ("", "fault", "it does not say who sent it"),
]


@pytest.mark.parametrize(("header", "field", "said"), SAYS)
def test_a_header_is_read_however_it_is_written(header: str | bytes, field: str, said: object) -> None:
    """Folded, encoded, in eight bits, with groups, or wrong: it gives what can be read, and never more."""
    expected = tuple(f"{one}@x.org" for one in said) if said == tuple("abcd") else said
    assert read(header)[field] == expected


INVITATION = b'--x\r\nContent-Type: text/plain\r\n\r\nYes\r\n--x\r\nContent-Type: text/calendar;\r\n method="REPLY"\r\n'
LEFT_OUT: list[tuple[str, bytes, str]] = [
    ("", b"", ""),
    ("Auto-Submitted: no\nPrecedence: normal\nX-Mozilla-Status: 0001\nX-Gmail-Labels: Inbox,Draft plan\n", b"", ""),
    ("Subject: Re: Automatic reply: x\nX-Status: AF\nX-Gmail-Labels: =?utf-8?q?Entw=C3=BCrfe_von_mir?=\n", b"", ""),
    ("Auto-Submitted: auto-replied\n", b"", "automatic"),
    ("Subject: Automatic reply: x\n", b"", "automatic"),
    ("Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_x?=\n", b"", "automatic"),
    ("X-Precedence: auto_reply\n", b"", "automatic"),
    ("X-Autoreply: yes\n", b"", "automatic"),
    ("Precedence: auto_reply\n", b"", "automatic"),
    ("Return-Path: <>\n", b"", "from mail systems"),
    ("Content-Type: multipart/report; report-type=delivery-status\n", b"", "from mail systems"),
    ("X-Failed-Recipients: a@x.org\n", b"", "from mail systems"),
    ("List-Id: <news.x.org>\n", b"", "from mailing lists"),
    ("List-Unsubscribe: <https://x.org>\n", b"", "from mailing lists"),
    ("Precedence: Bulk\n", b"", "from mailing lists"),
    ("Content-Type: text/calendar; charset=utf-8;\n method=REPLY\n", b"", "from calendars"),
    ("Content-Type: multipart/alternative; boundary=x\n", INVITATION, "from calendars"),
    ("Content-Type: multipart/mixed; boundary=x\n", INVITATION.replace(b"REPLY", b"PUBLISH"), ""),
    ("Content-Type: multipart/mixed; boundary=x\n", INVITATION.replace(b"REPLY", b"REQUEST"), ""),
    ("Content-Type: multipart/alternative; boundary=x\n", INVITATION.replace(b"REPLY", b"REQUEST"), "from calendars"),
    ("Content-Class: urn:content-classes:calendarmessage\n", b"", "from calendars"),
    ("Sender: Google Calendar <calendar-notification@google.com>\n", b"", "from calendars"),
    ("X-Mozilla-Draft-Info: internal/draft\n", b"", "unsent or thrown away"),
    ("X-Unsent: 1\n", b"", "unsent or thrown away"),
    ("X-Mozilla-Status: 0009\n", b"", "unsent or thrown away"),
    ("X-Gmail-Labels: Drafts,Opened\n", b"", "unsent or thrown away"),
    ("X-Gmail-Labels: =?utf-8?q?Wichtig,Entw=C3=BCrfe?=\n", b"", "unsent or thrown away"),
    ("Status: RO\nX-Status: AD\n", b"", "unsent or thrown away"),
    ("X-Uniform-Type-Identifier: com.apple.mail-draft\n", b"", "unsent or thrown away"),
]


@pytest.mark.parametrize(("more", "body", "reason"), LEFT_OUT)
def test_what_no_person_wrote_is_no_contact(more: str, body: bytes, reason: str) -> None:
    """Automatic replies, bounces, newsletters, answers to invitations and drafts say themselves what they are."""
    assert read(PLAIN + more, body)["left_out"] == reason


HOSTILE = ("(", '"', "a@", "a@b.c, ", "=?utf-8?q?")


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_header_takes_no_time(piece: str) -> None:
    """60 kB of anything in any field are read at once."""
    names = ("From", "To", "Subject", "References", "Date", "Received", "Content-Type", "X-Gmail-Labels")
    started = time.process_time()
    for name in names:
        read(f"{name}: {piece * (60_000 // len(piece))}\n")
    assert time.process_time() - started < 5
