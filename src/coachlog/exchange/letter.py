"""One message as far as a journal goes: who wrote to whom, when, in answer to what; and why it may be no contact."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_tz
from typing import NamedTuple

from coachlog.exchange.mailbox_files import Raw
from coachlog.model.instant import FIRST_YEAR, LAST_YEAR

Fields = Mapping[str, Sequence[str]]

DRAFT = "unsent or thrown away"
AUTOMATIC = "automatic"
BOUNCE = "from mail systems"
NEWSLETTER = "from mailing lists"
CALENDAR = "from calendars"
LONGEST_SUBJECT = 200
_MOST_ANSWERED = 50
_LONGEST_FIELD = 50_000
"""Characters of a field in which addresses are looked for: a thousand receivers."""
_LONGEST_ODD_FIELD = 2_000
"""Likewise of one that is not written as the standard says."""
_FURTHEST_ZONE = timedelta(hours=14)
"""No clock on earth is further from UTC."""
_FIELD = re.compile(r"^([!-9;-~]+)[ \t]*:[ \t]*([^\n]*)$", re.MULTILINE)
_FOLD = re.compile(r"\n[ \t]+")
_ID = re.compile(r"<[^<>\s]{1,900}>")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+")
_ONE_ADDRESS = re.compile(rf"(?:\"[^\"\\]*\" ?|[^\"<>,;:()@\\]*)<({_ADDRESS.pattern})>|({_ADDRESS.pattern})")
"""A name and an address, as most fields are written: the library takes twenty times as long over it."""
_ENCODED = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_ANSWERED_INVITATION = re.compile(
    rb"content-type:\s*text/calendar\b(?:[^\r\n]|\r?\n[ \t])*method=\"?(?:reply|counter)", re.IGNORECASE
)
_PUT_ASIDE_LABELS = frozenset({"draft", "drafts", "trash", "spam"})
_DELETED_IN_MOZILLA = 0x0008


class Letter(NamedTuple):
    """A message: addresses in small letters, the time it was sent (aware), its own name and those that it answers.

    `left_out` says why it is no contact, `fault` why it can't be used, though it may be one.
    """

    sender: str
    receivers: tuple[str, ...]
    sent: datetime | None
    name: str
    answers: tuple[str, ...]
    subject: str
    left_out: str = ""
    fault: str = ""


def letter_of(raw: Raw) -> Letter:
    """Read the header of a message; whatever it holds, this is a letter, if need be one with a fault."""
    fields = _fields(raw.header)
    senders = _addresses(fields, "from") or _addresses(fields, "sender")
    left_out = DRAFT if raw.is_unsent else _left_out(fields, raw.body)
    fault = raw.fault or ("" if senders or left_out else "it does not say who sent it")
    return Letter(
        sender=senders[0] if senders else "",
        receivers=tuple(dict.fromkeys(_addresses(fields, "to", "cc", "bcc", "resent-to"))),
        sent=_sent(fields),
        name=next(iter(_ID.findall(_text(fields, "message-id"))), ""),
        answers=_answers(fields),
        subject=_text(fields, "subject"),
        left_out=left_out,
        fault=fault,
    )


def readable_subject(letter: Letter) -> str:
    """Give the subject as it was written, on one line and not without end."""
    text = _decoded(letter.subject)
    return " ".join(_CONTROLS.sub(" ", text).split())[:LONGEST_SUBJECT].rstrip()


def _fields(header: bytes) -> dict[str, list[str]]:
    """Give the fields of a header by their names in small letters; a folded one is a single line."""
    try:
        text = header.decode()
    except UnicodeDecodeError:
        text = header.decode("latin-1")
    text = _FOLD.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    found: dict[str, list[str]] = {}
    for name, value in _FIELD.findall(text):
        found.setdefault(name.lower(), []).append(value)
    return found


def _text(fields: Fields, name: str) -> str:
    return " ".join(fields.get(name, ()))


def _addresses(fields: Fields, *names: str) -> list[str]:
    """Give the addresses of fields in small letters, those of a group among them."""
    values = [one for name in names for one in fields.get(name, ())]
    return [address.lower() for value in values for address in _addresses_in(value)]


def _addresses_in(value: str) -> list[str]:
    """Read the addresses as the standard says; where that finds none, whatever looks like one."""
    if simple := _ONE_ADDRESS.fullmatch(value.strip()):
        return [simple[1] or simple[2]]
    try:
        found = [address for _, address in getaddresses([value[:_LONGEST_FIELD]]) if _ADDRESS.fullmatch(address)]
    except (RecursionError, ValueError, IndexError):
        found = []
    if found or len(value) > _LONGEST_ODD_FIELD or "@" not in (decoded := _decoded(value)):
        return found
    return _ADDRESS.findall(decoded)


def _decoded(value: str) -> str:
    """Read encoded words (RFC 2047); what can't be decoded stays as it is."""
    if not _ENCODED.search(value):
        return value
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value


def _answers(fields: Fields) -> tuple[str, ...]:
    """Name the messages that this one answers, the nearest first."""
    thread = _ID.findall(_text(fields, "references"))[-_MOST_ANSWERED:]
    return tuple(dict.fromkeys([*_ID.findall(_text(fields, "in-reply-to"))[:1], *reversed(thread)]))


def _sent(fields: Fields) -> datetime | None:
    """Say when it was sent; where its own date can't be read, when it was first received."""
    received = [one.rpartition(";")[2] for one in reversed(fields.get("received", ()))]
    dates = [*fields.get("date", ())[:1], *received, *fields.get("delivery-date", ())]
    return next((moment for one in dates if (moment := _moment(one))), None)


def _moment(text: str) -> datetime | None:
    """Read the date of a message; one without a zone counts as UTC. None for an absurd one."""
    try:
        parts = parsedate_tz(text)
        if parts is None:
            return None
        year, month, day, hour, minute, second = parts[:6]
        offset = timedelta(seconds=parts[9] or 0)
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC) - offset
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if abs(offset) <= _FURTHEST_ZONE and FIRST_YEAR < moment.year < LAST_YEAR else None


def _left_out(fields: Fields, body: bytes) -> str:
    """Say why a message is no contact between two people; nothing where it may be one."""
    return next((reason for reason, tells in _REASONS if tells(fields, body)), "")


def _is_draft(fields: Fields, _: bytes) -> bool:
    labels = {one.strip().lower() for one in _text(fields, "x-gmail-labels").split(",")}
    unsent = "x-mozilla-draft-info" in fields or _text(fields, "x-unsent").strip() == "1"
    return unsent or _is_deleted(fields) or not _PUT_ASIDE_LABELS.isdisjoint(labels)


def _is_deleted(fields: Fields) -> bool:
    try:
        return bool(int(_text(fields, "x-mozilla-status") or "0", 16) & _DELETED_IN_MOZILLA)
    except ValueError:
        return False


def _is_automatic(fields: Fields, _: bytes) -> bool:
    said = _text(fields, "auto-submitted").strip().lower()
    marks = {"x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply", "x-autogenerated", "x-autoreply-from"}
    return (bool(said) and not said.startswith("no")) or not marks.isdisjoint(fields) or _precedence(fields, "auto")


def _is_bounce(fields: Fields, _: bytes) -> bool:
    sender = _text(fields, "from").lower()
    return (
        "mailer-daemon" in sender
        or "postmaster@" in sender
        or any(one.strip() == "<>" for one in fields.get("return-path", ()))
        or "x-failed-recipients" in fields
        or "multipart/report" in _text(fields, "content-type").lower()
    )


def _is_newsletter(fields: Fields, _: bytes) -> bool:
    marks = {"list-id", "list-unsubscribe", "list-post"}
    return not marks.isdisjoint(fields) or _precedence(fields, "bulk", "list", "junk")


def _is_calendar_answer(fields: Fields, body: bytes) -> bool:
    """Tell whether it only accepts or declines an invitation."""
    content = f"content-type: {_text(fields, 'content-type')}".encode(errors="replace")
    by_google = "calendar-notification@google.com" in _text(fields, "sender").lower()
    parts = [one for one in (content, body) if b"text/calendar" in one.lower()]
    return by_google or any(_ANSWERED_INVITATION.search(one) for one in parts)


def _precedence(fields: Fields, *beginnings: str) -> bool:
    return _text(fields, "precedence").strip().lower().startswith(beginnings)


_REASONS: tuple[tuple[str, Callable[[Fields, bytes], bool]], ...] = (
    (DRAFT, _is_draft),
    (AUTOMATIC, _is_automatic),
    (BOUNCE, _is_bounce),
    (NEWSLETTER, _is_newsletter),
    (CALENDAR, _is_calendar_answer),
)
"""Why messages are left out, in the order in which it is looked for."""
