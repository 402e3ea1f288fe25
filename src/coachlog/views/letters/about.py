"""What a letter is about: the records of the client's file that it speaks of, each where there is one."""

from dataclasses import dataclass, field

from coachlog.model.action import Action
from coachlog.model.care import Referral
from coachlog.model.client import Sponsor
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract, Pause
from coachlog.model.practice import Absence
from coachlog.model.record import Entry
from coachlog.model.session import Session


@dataclass(frozen=True)
class About:
    """The records that a letter is about.

    `session` is the one that it concerns, `follow_up` the id of the contracted follow-up or of the step that it keeps,
    `answers` the client's contacts that still wait for a reply, and `shared` what a sponsor may be told.
    """

    session: Session | None = None
    follow_up: str | None = None
    followed: Entry | None = None
    step: Action | None = None
    answers: tuple[Contact, ...] = ()
    contract: Contract | None = None
    stopped: Pause | None = None
    absence: Absence | None = None
    referrals: tuple[Referral, ...] = ()
    sponsor: Sponsor | None = None
    shared: frozenset[str] = field(default_factory=frozenset)
