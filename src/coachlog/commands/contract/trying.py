"""`coachlog contract try`: what other terms would have changed."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from coachlog.commands.contract.at_hand import AtHand
from coachlog.commands.contract.options import Sets, Which
from coachlog.commands.contract.proposed import proposal_for
from coachlog.commands.contract.terms import typed_terms
from coachlog.commands.desk.incognito import Veil, veil_of
from coachlog.commands.desk.listing import remark
from coachlog.commands.desk.opening import here_or
from coachlog.commands.desk.options import Client, FieldsAsJson
from coachlog.commands.judging.judgement import verdict_from
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.journal import Journal
from coachlog.model.words import contract_words
from coachlog.render import renderer
from coachlog.render.output import screen, show
from coachlog.render.what_if_page import WhatIfPage
from coachlog.rules.engine import Asked, judge
from coachlog.views.verdict import ShownFinding
from coachlog.views.what_if import WhatIf, compared


def try_terms(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", readable=False, help="Proposed terms: a mapping of them, or a whole contract.yaml."
        ),
    ] = None,
    *,
    sets: Sets = None,
    contract: Which = None,
    as_json: FieldsAsJson = False,
) -> None:
    """Judge the past as if other terms had been agreed from the beginning: which findings would come (+) and go (-).

    A file of terms changes those that it names; a whole contract.yaml stands in the place of all terms but its days,
    and what --set says stands above both. Nothing is written, and nobody but this client is judged.

    Examples:
      coachlog contract try jane --set between_sessions.free="10 min"
      coachlog contract try jane proposed.yaml
      coachlog contract try jane proposed.yaml --set cancellation.notice="48 h" --json
      coachlog contract try jane --contract 2026a --set "between_sessions.hours=Mo-Fr 08:00-19:00"
    """
    at = AtHand.open(ctx.obj, client, contract, agreed=True)
    if at.contract.agreed is None:
        what = f"{at.contract.label} is a draft: nothing was judged by it yet."
        raise WrongCall(what, "Name another contract with --contract ID.")
    proposal = proposal_for(at, file, typed_terms(sets, at.desk.now))
    others = (proposal.instead(one) if one is at.contract else one for one in at.file.contracts)
    changes, stay = compared(_found(at, at.file), _found(at, replace(at.file, contracts=tuple(others))))
    heading = f"{at.file.client.name} ({at.code}), {contract_words(at.contract)}"
    shown = WhatIf(at.code, at.contract.label or "", heading, proposal.differing, changes, stay)
    veil = veil_of(at.desk.wishes)
    _show(at, _veiled(shown, veil) if veil else shown, as_json=as_json)


def _found(at: AtHand, file: ClientFile) -> tuple[ShownFinding, ...]:
    """Judge a client alone; whether a waiver is still needed is no question of the terms."""
    journal = Journal(practice=at.desk.practice, clients=(file,), supervision=at.desk.supervision)
    selected = Asked(at.desk.now, selected=lambda rule: rule.scope != "waivers", clients=frozenset({at.code}))
    return verdict_from(journal, judge(journal, selected)).findings


def _veiled(shown: WhatIf, veil: Veil) -> WhatIf:
    masked = tuple(
        one._replace(
            finding=one.finding._replace(
                client=veil.mask.code(shown.client),
                file=veil.text(one.finding.file),
                message=veil.text(one.finding.message),
                clause=one.finding.clause and one.finding.clause._replace(file=veil.text(one.finding.clause.file)),
            )
        )
        for one in shown.changes
    )
    return shown._replace(client=veil.mask.code(shown.client), headline=veil.text(shown.headline), changes=masked)


def _show(at: AtHand, shown: WhatIf, *, as_json: bool) -> None:
    wishes = at.desk.wishes
    remark(at.desk)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    page = WhatIfPage(shown, at.desk.root, here_or(at.desk.root))
    show(renderer("what-if", "json" if as_json else "text").lines(page, sheet), sheet)
