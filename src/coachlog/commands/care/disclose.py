"""`coachlog disclose`: something of a client is told to somebody, on a basis that is checked before it is told."""

import re
from datetime import date
from typing import Annotated, NamedTuple

import typer

from coachlog.commands.care.checked_first import (
    ConsentId,
    On,
    asking_for_consent,
    carried_out,
    consent_link,
    consent_named,
    flaws_of,
    manner_of,
)
from coachlog.commands.care.kept import Did, Kept, Said, new_record, one_or_several, parts, tell_care
from coachlog.commands.care.whom import Whom, whom_said
from coachlog.commands.desk.asking_for import ask, offer, one_of, some_words
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.lasting import naming
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.errors import WrongCall
from coachlog.model.care import Consent
from coachlog.model.client_file import ClientFile
from coachlog.rules.confidentiality import ALWAYS, WITH_A_REFERENCE
from coachlog.store.emit import Word
from coachlog.store.layout import CONTRACT_FILE

LIST = "disclosures"
CONSENT = "consent"
_BASIS = re.compile(r"[a-z0-9-]{1,40}")
_WHAT = some_words("Nothing is said to have been told.", "Write it in a word or two: attendance, goals.")


class _Told(NamedTuple):
    """What is told, to whom, on which day and basis, and by which consent."""

    to: Whom
    day: date
    basis: str
    what: list[str]
    consent: Consent | None


def disclose(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WHAT]...", help="What is told; several with commas between.")
    ] = None,
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="WHOM", help="Who is told: a sponsor, the directory, or a name.")
    ] = None,
    basis: Annotated[
        str | None, typer.Option("--basis", metavar="WORD", help="consent, harm, subpoena, or what the contract lists.")
    ] = None,
    what: Annotated[str | None, typer.Option("--what", metavar="WORDS", help="What is told, as an option.")] = None,
    consent: ConsentId = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="TEXT", help="The number of the order, or the like.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What called for it.")] = None,
    on: On = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note what you tell somebody about a client; type it before you tell.

    Its basis is checked first. Consent has to be in writing, to that person, valid on the day, and wide enough; harm
    and subpoena want a reference or a note; anything else has to stand in the contract. What does not hold is refused,
    with what would make it right. What was told on an earlier day (--on) is recorded, and answered with what it brings.

    Examples:
      coachlog disclose jane attendance --to pat --basis consent
      coachlog disclose jane attendance, goals --to pat --basis consent --consent n2vdw
      coachlog disclose jane the risk --to "Dr Sam Okafor" --basis harm --note "spoke of ending it tonight"
      coachlog disclose jane session dates --to "County Court" --basis subpoena --reference "AB 12/26" --on "2 mar"
    """
    kept = Kept.open(ctx.obj, client, CONTRACT_FILE)
    typed = what if what is not None else kept.text(words)
    told = _told(kept, kept.day(on), to=to, basis=basis, what=typed, consent=consent)
    by_law = told.basis in WITH_A_REFERENCE and not (reference or note)
    question = "What called for it (what you feared, or the number of the order)"
    said: Said = {
        "date": written_day(told.day),
        "to": told.to.value,
        "basis": Word(told.basis),
        **consent_link(kept, told.consent),
        "what": one_or_several(told.what),
        "reference": reference,
        "note": note or (offer(kept.desk.wishes, question, str) if by_law else None),
    }
    record = new_record(kept.file.care.disclosures, said)
    manner = manner_of(kept, told.day, anyway=anyway, waive=waive, dry_run=dry_run)
    changes = [*naming(told.consent), kept.adding(LIST, record)]
    outcome = carried_out(kept, changes, manner, _what_would_do(kept, told))
    by = f" ({told.consent.label})" if told.consent and told.consent.id else ""
    more = f": {told.to.called} told about {kept.name}, on the basis {told.basis}{by}, {kept.told(told.day)}"
    tell_care(kept, outcome, LIST, Did("noted disclosure", more), record["id"], as_json=as_json)


def _told(  # noqa: PLR0913 — each as it is typed
    kept: Kept, day: date, *, to: str | None, basis: str | None, what: str | None, consent: str | None
) -> _Told:
    """Put together what is told, and ask for what was not typed; where it goes by consent, find the one that covers it.

    Raises WrongCall.
    """
    wishes = kept.desk.wishes
    person = whom_said(wishes, kept.file, to, "Who is told")
    bases = _bases(kept.file, day)
    ground = basis or ask(wishes, f"On which basis ({', '.join(bases)})", "--basis", one_of(bases))
    if not _BASIS.fullmatch(ground):
        wrong = "A basis is one word of a-z, 0-9 and -."
        raise WrongCall(wrong, f"Write {', '.join(bases)}.")
    if what is None and ground == CONSENT:
        what = ask(wishes, "What is told (attendance, goals)", "--what, or behind the client", _WHAT)
    several = parts(what if what is not None else offer(wishes, "What is told", str))
    linked = consent_named(kept, consent)
    if ground == CONSENT and linked is None:
        linked = kept.file.valid_consent([], person.mention, day, several)
    return _Told(person, day, ground, several, linked)


def _bases(file: ClientFile, day: date) -> list[str]:
    """Name the bases that stand on a day: those of every contract, then what this one adds."""
    terms = file.agreements.terms_on(day)
    agreed = terms.confidentiality.exceptions if terms and terms.confidentiality else ()
    return [CONSENT, *sorted(ALWAYS - {CONSENT}), *(one for one in agreed if one not in ALWAYS)]


def _what_would_do(kept: Kept, told: _Told) -> str:
    if told.basis == CONSENT:
        return f"{flaws_of(kept, told.to, told.day, told.what)}{asking_for_consent(kept, told.to, 'disclosure')}"
    if told.basis in WITH_A_REFERENCE:
        return "Say what called for it with --reference or --note."
    return f"Name a basis that stands ({', '.join(_bases(kept.file, told.day))}), or agree on it in the contract first."
