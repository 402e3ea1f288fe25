"""A letter as a message for a mail program (RFC 5322), marked as not sent yet."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

from coachlog.errors import WrongCall

_SEVEN_BITS = SMTP.clone(cte_type="7bit")
"""What every mail program and server takes."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Controls but those that part lines or words, and halves of characters."""


class Mail(NamedTuple):
    """What becomes a message: who it is from and to, by name and address, and what it says.

    `page` is the text as HTML, and `document` a page that comes with it, with the name of its file.
    """

    sender: tuple[str, str]
    to: tuple[str, str]
    subject: str
    text: str
    page: str = ""
    document: tuple[str, str] | None = None


def message_of(mail: Mail) -> bytes:
    """Write a message as bytes. Raises WrongCall where an address is none."""
    message = EmailMessage(policy=_SEVEN_BITS)
    message["From"] = _address(*mail.sender)
    message["To"] = _address(*mail.to)
    message["Subject"] = _in_a_head(mail.subject)
    message["X-Unsent"] = "1"
    message.set_content(_without_controls(mail.text))
    if mail.page:
        message.add_alternative(_without_controls(mail.page), subtype="html")
    if mail.document:
        name, page = mail.document
        message.add_attachment(_without_controls(page), subtype="html", filename=name)
    return message.as_bytes()


def _in_a_head(text: str) -> str:
    """Put a text on one line, with nothing in it that ends a line or steers a terminal (RFC 5322, section 2.2)."""
    return " ".join(_without_controls(text).split())


def _without_controls(text: str) -> str:
    """Leave out what no message may hold as it is; what joins, parts or turns letters is the writer's own."""
    return _CONTROLS.sub("", text)


def _address(name: str, address: str) -> Address:
    try:
        return Address(display_name=_in_a_head(name), addr_spec=address)
    except (ValueError, IndexError):
        what = "The email address on file is none that a mail program can use."
        raise WrongCall(what, "Mend it: in client.yaml for a client, in coachlog.yaml for you.") from None
