"""Who a client is: the only file of a client that must hold identity."""

from coachlog.model.fields import Day, Text, Whole
from coachlog.model.record import Entry, Record, Waivable


class Sponsor(Entry):
    """A leader who referred the client or pays for the coaching."""

    name: Text | None = None
    role: Text | None = None
    organisation: Text | None = None
    email: Text | None = None
    phone: Text | None = None


class Group(Record):
    """The size and name of a group that is coached together."""

    size: Whole | None = None
    name: Text | None = None


class Client(Waivable):
    """A person or a group that is coached."""

    name: Text
    email: Text | None = None
    phone: Text | None = None
    timezone: Text | None = None
    since: Day | None = None
    heard_from: Text | None = None
    addresses: tuple[Text, ...] = ()
    sponsors: tuple[Sponsor, ...] = ()
    called: Text | None = None
    pronouns: Text | None = None
    language: Text | None = None
    group: Group | None = None
    tags: tuple[Text, ...] = ()
