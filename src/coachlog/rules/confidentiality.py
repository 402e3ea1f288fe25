"""Confidentiality (PRV): what a client said stays with the coach, save where the two agreed otherwise.

A disclosure is judged by the exceptions of the contract of its day, or by a consent in writing that was valid on it.
"""

from collections.abc import Iterator
from datetime import date

from coachlog.clock import Clock
from coachlog.model.care import Consent, Disclosure, LeaderUpdate
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Clause, Contract
from coachlog.model.duration import Duration
from coachlog.model.instant import add_to_day
from coachlog.model.names import unaccented
from coachlog.model.words import contract_words, day_words
from coachlog.rules.rule import Found, Rule, rule

ALWAYS = frozenset({"harm", "subpoena", "consent"})
"""The exceptions to confidentiality that S4 names; they stand in every contract (rules.md, PRV101)."""
WITH_A_REFERENCE = frozenset({"harm", "subpoena"})
"""The bases on which a disclosure says by what, or why (rules.md, PRV101)."""
WHO_IS_WHO = ("client.sponsors", "directory")
"""What tells whether an id and a name mean one person: the client's sponsors, and the directory of the practice."""
AGREED = "contract.ended"
"""What tells which contract was in force on a day: the contracts, with how they ended."""
SEVEN_YEARS = Duration(months=84, text="7 years")
"""How long records are kept where the practice does not say (rules.md, PRV104)."""


def _said(text: str | None) -> bool:
    return bool((text or "").strip())


def _contract_of(file: ClientFile, day: date) -> Contract | None:
    """Give the contract in force on a day, else the last one before it."""
    return file.agreements.on(day) or file.agreements.last_over(day)


def _unfounded(disclosure: Disclosure, terms: Contract | None) -> tuple[str, Clause | None] | None:
    """Say what a disclosure lacks, with the clause that it was judged by; None where it stands."""
    agreed = terms.confidentiality if terms else None
    if disclosure.basis is None:
        return "with no basis noted", None
    if disclosure.basis not in {*ALWAYS, *(agreed.exceptions if agreed else ())}:
        who = f"{contract_words(terms)} does not list" if terms else "no contract lists"
        clause = terms.clause("confidentiality", "exceptions") if terms and agreed else None
        return f"on the basis {disclosure.basis}, which {who} as an exception", clause
    if disclosure.basis in WITH_A_REFERENCE and not (_said(disclosure.reference) or _said(disclosure.note)):
        return f"on the basis {disclosure.basis}, with neither a reference nor a note", None
    return None


@rule("PRV101", "breach", source="S4, ICF 2.1, 2.3", needs=(AGREED,), passing=True)
def baseless_disclosure(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You passed something on, and nothing that the client knew of allows it.

    S4 promises that what is said in a session is strictly confidential, and names three exceptions: concern for harm, a
    subpoena, and the client's own written consent. ICF 2.1 and 2.3 ask for the promise and for its limits. A contract
    may know others, but the client has to know them first. Where one is used, note what called for it: the number of
    the order, or what you feared; if you are ever asked, that note is what speaks for you.
    """
    for disclosure in file.care.disclosures:
        contract = _contract_of(file, disclosure.date)
        unfounded = _unfounded(disclosure, contract and contract.terms(disclosure.date))
        if unfounded:
            lacks, clause = unfounded
            message = f"Disclosed on {day_words(disclosure.date)} {lacks}."
            yield Found(disclosure, message, disclosure.date, clause, contract=contract)


def _falls_short(file: ClientFile, disclosure: Disclosure, consent: Consent) -> str | None:
    """Say why a consent does not allow a disclosure; None where it does."""
    if flaw := consent.flaw(disclosure.date):
        return flaw
    if not (disclosure.to and file.same_person(consent.to, disclosure.to)):
        return "is for somebody else" if disclosure.to else "is for one person, and the disclosure names nobody"
    return None if consent.covers(disclosure.what) else "does not cover all of it"


def _why_not_consented(file: ClientFile, disclosure: Disclosure) -> str | None:
    """Say why a disclosure on consent is not covered by the one that it names, or by any where it names none."""
    if disclosure.consent:
        named = next((one for one in file.care.consents if one.id == disclosure.consent), None)
        why = _falls_short(file, disclosure, named) if named else "is not on file"
        return why and f"{disclosure.consent} {why}"
    if any(_falls_short(file, disclosure, consent) is None for consent in file.care.consents):
        return None
    return "no valid consent in writing to that person covers it" if disclosure.to else "the disclosure names nobody"


@rule("PRV102", "breach", source="S4", needs=("care.consents", *WHO_IS_WHO))
def invalid_consent(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You passed something on by consent, and the consent did not reach so far.

    S4 speaks of specific written consent, and each of the two words carries weight. Written, so that the client has
    thought about it and both of you can look it up; specific, so that they know what is told, and to whom. A consent
    that ran out or was taken back is a decision of the client's, too. When in doubt, ask again: it takes one line.
    """
    for disclosure in file.care.disclosures:
        why = _why_not_consented(file, disclosure) if disclosure.basis == "consent" else None
        if why:
            message = f"Disclosed by consent on {day_words(disclosure.date)}; {why}."
            yield Found(disclosure, message, disclosure.date)


def _recipients(file: ClientFile, update: LeaderUpdate) -> list[str]:
    """Give whom an update was for; one that does not say was for every sponsor of the client."""
    sponsors = (sponsor.id or sponsor.name for sponsor in file.client.sponsors)
    return [update.to] if update.to else [sponsor for sponsor in sponsors if sponsor]


def _may_report(file: ClientFile, update: LeaderUpdate, terms: Contract | None) -> bool:
    """Tell whether the coach may report to everybody whom an update was for, by consent or by the contract."""
    sharing = terms.sharing if terms else None
    agreed = sharing.with_ if sharing and sharing.reported_by in {"coach", "both"} else ()
    recipients = _recipients(file, update)
    return bool(recipients) and all(
        any(file.same_person(to, sponsor) for sponsor in agreed)
        or file.valid_consent(["leader-update"], to, update.date) is not None
        for to in recipients
    )


def _sharing_words(terms: Contract | None) -> str:
    if terms is None:
        return "a contract"
    return f"the sharing in {contract_words(terms)}" if terms.sharing else contract_words(terms)


@rule("PRV103", "breach", source="S4", needs=(AGREED, "care.consents", *WHO_IS_WHO))
def coach_reported_progress(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You reported to a sponsor, and the client had agreed to no such thing.

    In S4 it is the client who gives the leader updates on their progress, in a meeting or between; the sessions
    themselves are a safe space. A coach who reports becomes a witness, and the client begins to choose what to say. If
    the sponsor needs to hear it from you, agree with the client beforehand on what, to whom and by whom.
    """
    for update in file.care.leader_updates:
        contract = file.agreements.on(update.date)
        terms = file.agreements.terms_on(update.date)
        if update.by in {"coach", "both"} and not _may_report(file, update, terms):
            who = "you" if update.by == "coach" else "the client and you"
            agreed = _sharing_words(terms)
            message = f"Reported on {day_words(update.date)} by {who}; neither a valid consent nor {agreed} allows it."
            clause = terms.clause("sharing", "reported_by") if terms and terms.sharing else None
            yield Found(update, message, update.date, clause, contract=contract)


def _last_dealings(file: ClientFile, today: date) -> date | None:
    """Give the day of the latest held session or contact, else the last day of a contract, or since when."""
    met = [one.day for one in file.sessions if one.is_held] + [contact.day for contact in file.contacts]
    over = [contract.last_day(today) for contract in file.agreements.agreed]
    return max(met or [day for day in (*over, file.client.since) if day], default=None)


def _is_no_client_now(file: ClientFile, clock: Clock) -> bool:
    """Tell whether nothing is agreed, being agreed or booked."""
    agreed = file.agreements.on(clock.today) or file.agreements.agreed_ahead(clock.today)
    draft = any(contract.agreed is None for contract in file.contracts)
    return not (agreed or draft or any(one.is_booked and not clock.passed(one.at) for one in file.sessions))


@rule(
    "PRV104",
    "warning",
    source="ICF 2020, 7",
    options={"keep": SEVEN_YEARS},
    needs=("client", AGREED, "sessions", "contacts"),
    passing=True,
)
def expired_records(file: ClientFile, clock: Clock, keep: Duration) -> Iterator[Found]:
    """You still keep the records of a client who left long ago.

    Standard 7 of the ICF code of 2020 has a coach keep, store and dispose of records in a way that protects
    confidentiality and privacy, and by the law. What is kept can be lost, stolen or asked for, and what nobody needs
    any more is only that. How long is for you to say, in `retention`; the promise to the client is that it ends.
    """
    last = _last_dealings(file, clock.today) if _is_no_client_now(file, clock) else None
    kept = file.practice.retention or keep
    if last and clock.today > add_to_day(last, kept):
        message = f"Nothing has happened since {day_words(last)}; records are kept for {kept}."
        clause = Clause(file.practice, ("retention",)) if file.practice.retention else None
        yield Found(file.client, message, clause=clause)


@rule("PRV106", "advice", source="ICF 2020, 7", needs=("client",), on=False)
def name_in_code(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A client's code gives their last name away.

    A code is what stands in the names of folders, in a history and on a shared screen, and is seen by more eyes than
    any file. Standard 7 of the ICF code of 2020 asks for records that are stored confidentially. A practice that keeps
    pseudonyms wants the name in one small file alone; this rule is for such a practice, and off for any other.
    """
    last = unaccented(file.client.name).split()[-1:]
    if {*last, *(part for name in last for part in name.split("-"))} & set(file.code.split("-")):
        yield Found(file.client, "The code of this client holds the last name, or a part of it.")


RULES: tuple[Rule, ...] = (
    baseless_disclosure,
    invalid_consent,
    coach_reported_progress,
    expired_records,
    name_in_code,
)
