"""A letter as a message in drafts/, opened in the coach's mail program."""

from pathlib import Path

from coachlog.commands.letters.letter import DOCUMENTS, Addressed
from coachlog.commands.letters.mail_program import PROGRAM, open_mail
from coachlog.errors import WrongCall
from coachlog.render.mail import Mail, message_of
from coachlog.store.mail_draft import keep_mail

NOT_OPENED = f"No mail program was opened: open the file in yours, or set {PROGRAM} to the command that does."


def mailed(letter: Addressed) -> Path:
    """Write a letter into drafts/ as a message, open it, and say where it lies.

    Raises WrongCall where an address is missing, and CannotWrite.
    """
    path = keep_mail(letter.desk.root, f"{letter.file.code}-{letter.kind.name}", message_of(_mail(letter)))
    if not open_mail(path):
        letter.desk.remarks.append(NOT_OPENED)
    return path


def _mail(letter: Addressed) -> Mail:
    sender = letter.told("coach", "email")
    if not sender:
        what = "coachlog.yaml does not say your email address."
        raise WrongCall(what, "Write it there: coach: {email: alex@harbour.example}.")
    if not letter.email:
        raise _unaddressed(letter)
    said = letter.mailed
    page = letter.template("html", letter.kind.name)
    is_document = letter.kind.name in DOCUMENTS
    return Mail(
        sender=(letter.told("coach", "name"), sender),
        to=(letter.name, letter.email),
        subject=said.subject or letter.kind.summary,
        text=said.text,
        page=letter.in_form("html").text if page and not is_document else "",
        document=("agreement.html", letter.in_form("html").text) if is_document else None,
    )


def _unaddressed(letter: Addressed) -> WrongCall:
    code, sponsor = letter.file.code, letter.about.sponsor
    if sponsor:
        what = f"No email address of {sponsor.id or 'the sponsor'} is on file."
        return WrongCall(what, f"Write it into the client's file: coachlog edit {code} client.")
    what = f"No email address of {code} is on file."
    return WrongCall(what, f"Note it first: coachlog client edit {code} --set email=ADDRESS.")
