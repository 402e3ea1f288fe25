"""A template reaches nothing but its facts, comes to an end, and says which of its lines is wrong."""

import re
from email import policy
from email.parser import BytesParser

import pytest

from coachlog.render.letter import FaultyTemplate, written
from coachlog.render.letter_text import lines
from coachlog.render.mail import Mail, message_of
from coachlog.render.output import Sheet, text_of
from coachlog.views.letters.said import Fact

NAME = "templates/a.txt"
TRANSFER = ("Content-Type", "Content-Transfer-Encoding")
FACTS: dict[str, Fact] = {"client": {"name": "<b>A & B</b> [x](y) *_`|"}, "steps": [], "day_iso": "2026-04-01"}


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("a\n\n{{ clint.name }}", ":3: `clint` is nothing that this letter knows."),
        ("{{ client.nam }}", ":1: `nam` is nothing that this letter knows."),
        ("{{ steps[0] }}", ":1: something here is not known to this letter."),
        ("a\n{% if %}", ":2: expected an expression, got 'end of statement block'."),
        ("{{ client | nosuch }}", ":1: no filter named 'nosuch'."),
        ("\n{{ client.__class__ }}", ":2: this reaches for what no template may use."),
        ("{{ client.name.__class__.__mro__ }}", ":1: this reaches for what no template may use."),
        ("{{ ''.format.__globals__ }}", ":1: this reaches for what no template may use."),
        ("{{ 'x' * 1000000000 }}", ":1: this reaches for what no template may use."),
        ("{{ 9 ** 9 }}", ":1: this reaches for what no template may use."),
        ("{{ 3 * 99999999 }}", ":1: this reaches for what no template may use."),
        ("{{ lipsum() }}", ":1: `lipsum` is nothing that this letter knows."),
        ("{{ client.update({'name': 'x'}) }}", ":1: this reaches for what no template may use."),
        ("{{ 'x'.ljust(3000000000) }}", ": it asks for too much memory."),
        ("{{ '%.900000000f' % 1 }}", ": it asks for too much memory."),
        ("{% include 'b.txt' %}", ":1: a template takes in no other file."),
        ("\n{% extends 'b.txt' %}", ":2: a template takes in no other file."),
        ("{{ 1 / 0 }}", ":1: this can't be carried out."),
        ("{{ client.name | written('%d') }}", ":1: this can't be carried out."),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            ": it has not come to its end",
        ),
        (
            "{% for a in range(99999) %}{{ 'x' | center(99) }}{% endfor %}",
            ": the letter grows beyond 1,000,000 characters.",
        ),
    ],
)
def test_a_fault_names_its_line_and_no_fact(template: str, said: str) -> None:
    """One line, and nothing of what the client said."""
    with pytest.raises(FaultyTemplate) as fault:
        written(template, "text", FACTS, NAME, seconds=0.3)
    assert str(fault.value).startswith(f"{NAME}{said}")
    assert "A & B" not in str(fault.value)
    assert fault.value.exit_code == 3


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("text", "<b>A & B</b> [x](y) *_`|\n"),
        ("md", "\\<b\\>A & B\\</b\\> \\[x\\](y) \\*\\_\\`\\|\n"),
        ("html", "&lt;b&gt;A &amp; B&lt;/b&gt; [x](y) *_`|"),
    ],
)
def test_each_format_escapes_what_it_would_read_as_its_own(form: str, text: str) -> None:
    """A name is a name."""
    assert written("{{ client.name }}", form, FACTS, NAME).text == text


@pytest.mark.parametrize(
    ("template", "subject", "text"),
    [
        ("Subject:  A  b \n\nc\n\n\n\nd  \n\n", "A b", "c\n\nd\n"),
        ("c\n", "", "c\n"),
        ("Subject: {{ 3 | place }} of {{ 7 | in_words }}\n{{ 2 * 3 }}", "3rd of seven", "6\n"),
        ("{{ day_iso | written('%d.%m.%Y') }}{{ '' | written('%d') }}", "", "01.04.2026\n"),
    ],
)
def test_the_first_line_is_the_subject_and_no_gap_is_left(template: str, subject: str, text: str) -> None:
    """Paragraphs are one blank line apart."""
    assert written(template, "text", FACTS, NAME) == (subject, text)


def test_a_page_without_anything_from_elsewhere_is_shown_as_it_is() -> None:
    """On a pipe nothing is wrapped, on a terminal paragraphs and points are."""
    letter = written("Subject: A\n\none two three\n\n- one two three", "text", FACTS, NAME)
    assert text_of(lines(letter, Sheet()), Sheet()) == "Subject: A\n\none two three\n\n- one two three\n"
    narrow = Sheet(width=9)
    assert text_of(lines(letter, narrow), narrow) == "Subject: A\n\none two\nthree\n\n- one two\n  three\n"


def test_a_message_holds_any_name_and_both_forms() -> None:
    """Names and subjects that are not ASCII are encoded, and lines end as RFC 5322 says."""
    mail = Mail(("Zoë", "z@example.org"), ("Doe, Jane", "jane@example.org"), "Überblick", "Grüße\n", "<p>Grüße</p>")
    data = message_of(mail)
    assert data.isascii()
    assert b'To: "Doe, Jane" <jane@example.org>\r\n' in data
    assert b"Content-Type: multipart/alternative;" in data
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "text", ["A\nBcc: x@y", "A\r\nBcc: x@y", "A\x85Bcc: x@y", "A\u2028\x1bBcc: x@y", "A\x00\x9b Bcc: x@y"]
)
def test_no_text_puts_a_line_or_a_control_into_the_head(text: str) -> None:
    """It is one line of the field that it belongs to."""
    data = message_of(Mail((text, "a@example.org"), (text, "b@example.org"), text, f"{text}\n"))
    message = BytesParser(policy=policy.SMTP).parsebytes(data)
    assert set(message.keys()) == {"From", "To", "Subject", "X-Unsent", "MIME-Version", *TRANSFER}
    assert message["Subject"] == "A Bcc: x@y"
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]", data)


@pytest.mark.parametrize("address", ["jane", "jane@", "jane doe@example.org", "a@b, c@d", "jane@example.org\nBcc: x@y"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """No header is built from it."""
    with pytest.raises(Exception, match="The email address on file is none that a mail program can use"):
        message_of(Mail(("A", "a@example.org"), ("B", address), "s", "t\n"))
