"""The practice: the coach, the calendar that everything is judged on, and the settings of the rules."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr

from coachlog.model.contract import Terms
from coachlog.model.fields import Count, Day, Expected, Hours, Raw, Reading, Span, Text, TimeSpent, YesNo
from coachlog.model.hours import ContactHours, HoursExpression
from coachlog.model.public_holidays import Holidays, holidays_of
from coachlog.model.record import Entry, Record, Waivable
from coachlog.model.severity import Profile

FORMAT = 1
"""The version of the files that this program reads and writes."""


def read_zone(text: object) -> ZoneInfo:
    """Give the zone of a name such as Europe/London; raises Expected where there is none."""
    if isinstance(text, ZoneInfo):
        return text
    try:
        return ZoneInfo(str(text))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        what = "expected a time zone, such as Europe/London"
        raise Expected(what) from None


def _country(text: str) -> str:
    try:
        holidays_of(text)
    except LookupError:
        what = "expected a country whose holidays are known, or a part of it, such as GB or GB-ENG"
        raise Expected(what) from None
    return text


def _currency(text: str) -> str:
    if len(text) == 3 and text.isascii() and text.isupper():  # noqa: PLR2004 — ISO 4217
        return text
    what = "expected a currency of three letters, such as GBP"
    raise Expected(what)


def _share_of_hours(value: object) -> object:
    """Read `1 h per week` as the hour that it is a week of."""
    return value.removesuffix("per week").rstrip() if isinstance(value, str) else value


class Coach(Record):
    """The coach, and the credential that is worked towards or kept."""

    name: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    credential: Text | None = None
    credential_expires: Day | None = None
    training_started: Day | None = None


class Absence(Entry):
    """Leave or illness: it closes the office, and sessions in it are a conflict."""

    from_: Day = Field(alias="from")
    to: Day | None = None
    reason: Text | None = None
    told: Day | None = None

    def covers(self, day: date) -> bool:
        """Tell whether a day lies within it; without a last day it goes on."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Supervisor(Record):
    """Who supervises the coach."""

    name: Text | None = None
    email: Text | None = None
    phone: Text | None = None


class SupervisionPlan(Record):
    """How often the coach goes to supervision."""

    every: TimeSpent | None = None
    yearly: TimeSpent | None = None


class Limits(Record):
    """What the coach has set as limits to their own work."""

    sessions_per_day: Count | None = None
    sessions_per_week: Count | None = None
    out_of_hours: Annotated[Span, BeforeValidator(_share_of_hours)] | None = None


class Colleague(Entry):
    """Somebody the coach refers to."""

    name: Text | None = None
    role: Text | None = None
    phone: Text | None = None
    email: Text | None = None
    url: Text | None = None


class GitSettings(Record):
    """Whether each change that a command makes is committed."""

    commit: YesNo = False


class Practice(Waivable):
    """The file coachlog.yaml."""

    format: Count = FORMAT
    timezone: Annotated[ZoneInfo, Reading(read_zone)]
    coach: Coach | None = None
    country: Annotated[Text, AfterValidator(_country)] | None = None
    currency: Annotated[Text, AfterValidator(_currency)] | None = None
    office_hours: Hours | None = None
    absences: tuple[Absence, ...] = ()
    supervisor: Supervisor | None = None
    supervision: SupervisionPlan | None = None
    limits: Limits | None = None
    judged_from: Day | None = None
    codes: Literal["names", "neutral"] = "names"
    profile: Profile = "ethics"
    retention: Span | None = None
    directory: tuple[Colleague, ...] = ()
    contract: Terms | None = None
    rules: Mapping[str, Raw] = Field(default_factory=dict)
    git: GitSettings | None = None

    _is_directory_whole: bool = PrivateAttr(default=True)

    @property
    def is_directory_whole(self) -> bool:
        """Tell whether everybody who stands in the directory could be read."""
        return self._is_directory_whole

    def miss_from_directory(self) -> None:
        """Remember that somebody who stands in the directory could not be read (the store says so, once)."""
        self._is_directory_whole = False

    @cached_property
    def holidays(self) -> Holidays:
        """The public holidays of the practice's country."""
        return Holidays(self.country)

    @cached_property
    def _calendars(self) -> dict[str, ContactHours]:
        return {}

    def absent(self, day: date) -> Absence | None:
        """Give the absence that a day lies in."""
        return next((absence for absence in self.absences if absence.covers(day)), None)

    def known_by(self, day: date) -> Self:
        """Give the practice as it was on file by a day: without absences to come that were told of only later."""
        known = tuple(one for one in self.absences if one.told is None or min(one.from_, one.told) <= day)
        if known == self.absences:
            return self
        made = self.known_at({"absences": known})
        made.__dict__.pop("_calendars", None)  # they would go on closing on the days of all absences
        return made

    def _closes(self, day: date) -> bool:
        return self.absent(day) is not None

    def contact_hours(self, expression: HoursExpression | None) -> ContactHours | None:
        """Put hours on the practice's calendar, or the office hours where a clause has none of its own."""
        chosen = expression or self.office_hours
        if chosen is None:
            return None
        if chosen.text not in self._calendars:
            self._calendars[chosen.text] = ContactHours(chosen, self.timezone, self.holidays, self._closes)
        return self._calendars[chosen.text]

    def hours_under(self, terms: Terms | None) -> ContactHours | None:
        """Give the contact hours of a contract's terms; the office hours where it has none of its own."""
        clause = terms.contact_clause if terms else None
        return self.contact_hours(clause.hours if clause else None)
