"""One record with all that belongs to it: as a page, and for programs."""

from collections.abc import Iterable
from typing import Any

from coachlog.commands.looking.links import Held, named_by, names_of
from coachlog.commands.looking.looking import Looking
from coachlog.render.check_json import finding_fields
from coachlog.views.record_page import Link, RecordPage, derived_facts, facts_of, masked_facts
from coachlog.views.timeline import noun_of
from coachlog.views.verdict import ShownFinding


def record_page(looking: Looking, held: Held) -> RecordPage:
    """Gather everything about one record."""
    record, place = held.record, held.record.origin.place()
    label = record.label or ""
    own = (one for one in looking.findings(held.code) if one.file == place.file and _is_on(one, label))
    facts = masked_facts(record) if looking.veil else facts_of(record)
    derived = derived_facts(record, held.file, looking.now) if held.file else ()
    return RecordPage(
        noun=noun_of(record),
        record=label,
        client=looking.code(held.file.code) if held.file else None,
        name=looking.text(held.file.client.name) if held.file else "the practice",
        file=looking.text(place.file),
        line=place.line,
        facts=(*facts, *derived),
        names=_links(looking, names_of(held, looking.journal, looking.now)),
        named_by=_links(looking, named_by(held, looking.journal, looking.now)),
        findings=looking.masked(own),
    )


def _is_on(finding: ShownFinding, label: str) -> bool:
    """Tell whether a finding is about a record, or about one that lies in it."""
    return finding.record == label or (finding.record or "").startswith(f"{label}/")


def _links(looking: Looking, links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(
        one._replace(client=looking.code(one.client) if one.client else None, text=looking.said(one.text))
        for one in links
    )


def record_fields(looking: Looking, held: Held, page: RecordPage) -> dict[str, Any]:
    """Give a record for programs: all its fields, what is derived, what belongs to it, and what is found on it."""
    return {
        "client": page.client,
        "noun": page.noun,
        "record": page.record,
        "file": page.file,
        "line": page.line,
        **looking.fields(held.record, held.file),
        "names": [_link_fields(one) for one in page.names],
        "named_by": [_link_fields(one) for one in page.named_by],
        "findings": [finding_fields(one) for one in page.findings],
    }


def _link_fields(link: Link) -> dict[str, Any]:
    return {"field": link.field, "client": link.client, "noun": link.noun, "record": link.record}
