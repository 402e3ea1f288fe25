"""A letter as a message for a mail program (RFC 5322), marked as not sent yet."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

from coachlog.errors import WrongCall

_SEVEN_BITS = SMTP.clone(cte_type="7bit")
"""What every mail program and server takes."""


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
    message["Subject"] = mail.subject
    message["X-Unsent"] = "1"
    message.set_content(mail.text)
    if mail.page:
        message.add_alternative(mail.page, subtype="html")
    if mail.document:
        name, page = mail.document
        message.add_attachment(page, subtype="html", filename=name)
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    try:
        return Address(display_name=name, addr_spec=address)
    except (ValueError, IndexError):
        what = "The email address on file is none that a mail program can use."
        raise WrongCall(what, "Mend it: in client.yaml for a client, in coachlog.yaml for you.") from None
