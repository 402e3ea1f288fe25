"""Letters to a sponsor: to whom one may go, and what it may tell."""

from collections.abc import Iterator
from datetime import date

from coachlog.commands.desk.boundaries import PlanRefused
from coachlog.errors import WrongCall
from coachlog.model.client import Sponsor
from coachlog.model.client_file import ClientFile
from coachlog.model.words import contract_words, listed

TOLD = frozenset({"attendance", "goals", "progress"})
"""What a letter to a sponsor can tell; more stands in no letter, whatever was agreed."""
LIKE = {"goal": "goals", "progress on goals": "progress", "sessions": "attendance"}
"""Other words for the same."""
RULE = "PRV103 coach-reported-progress"
PURPOSES = ("leader-update",)


def sponsor_of(file: ClientFile, wanted: str | None) -> Sponsor | None:
    """Find the sponsor who is named, else the only one; None where there is none. Raises WrongCall."""
    sponsors = file.client.sponsors
    if wanted is None:
        if len(sponsors) > 1:
            what = f"{file.code} has several sponsors: {_listed(sponsors)}."
            raise WrongCall(what, "Say which one with --to ID.")
        return sponsors[0] if sponsors else None
    key = wanted.casefold()
    found = [one for one in sponsors if key in {(one.id or "").casefold(), (one.name or "").casefold()}]
    if found:
        return found[0]
    what = f"`{wanted}` is no sponsor of {file.code}."
    raise WrongCall(what, f"There is {_listed(sponsors)}." if sponsors else "client.yaml names none.")


def _listed(sponsors: tuple[Sponsor, ...]) -> str:
    return listed([one.id or one.name or "one without a name" for one in sponsors])


def may_be_told(file: ClientFile, sponsor: Sponsor, day: date) -> frozenset[str]:
    """Give what the coach may tell a sponsor on a day: by the client's consent, and by what the contract shares."""
    words = (LIKE.get(one.casefold(), one.casefold()) for one in _words(file, sponsor, day))
    return TOLD & frozenset(words)


def _words(file: ClientFile, sponsor: Sponsor, day: date) -> Iterator[str]:
    person = sponsor.id or sponsor.name or ""
    for consent in file.valid_consents(PURPOSES, person, day):
        yield from consent.scope or TOLD
    terms = file.agreements.terms_on(day)
    sharing = terms.sharing if terms else None
    reports = sharing is not None and sharing.reported_by in {"coach", "both"}
    if sharing and reports and any(file.same_person(person, one) for one in sharing.with_):
        yield from sharing.what


def refuse_untold(file: ClientFile, sponsor: Sponsor, day: date, shared: frozenset[str]) -> None:
    """Refuse a letter that has nothing which the sponsor may be told. Raises PlanRefused."""
    if shared:
        return
    contract = file.agreements.on(day)
    person = sponsor.id or sponsor.name or "this sponsor"
    agreed = f"{contract_words(contract)} does not share it by you" if contract else "no contract is in force"
    told = f"how the coaching goes is not yours to tell {person}; {agreed}, and no valid consent allows it"
    what = f"Not drafted: {told} ({RULE})."
    remedy = f"Leave it to the client, or ask for a consent in writing, for leader-update, to {person}."
    raise PlanRefused(what, remedy)
