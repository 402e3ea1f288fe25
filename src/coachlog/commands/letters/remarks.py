"""What a coach should know before a letter goes out, and the letter itself does not say."""

from collections.abc import Iterator

from coachlog.commands.letters.letter import BUILT_IN_LANGUAGE, Addressed
from coachlog.views.letters.said import Fact

CHOICE = 2
"""How many people are a choice (rules.md, REF105 and END103)."""
LEFT_ALONE = frozenset({"completed", "non-payment", "missed-sessions"})
"""Reasons for an ending of the coach's after which nobody has to be named (rules.md, END103)."""


def remarks_on(letter: Addressed) -> Iterator[str]:
    """Remark on the language of a letter, and on those whom it names or should name."""
    yield from _on_language(letter)
    if letter.kind.name == "referral" or _is_left_to_others(letter):
        yield from _on_people(letter)


def _on_language(letter: Addressed) -> Iterator[str]:
    """Remark where a client's own language has no template."""
    language = (letter.file.client.language or BUILT_IN_LANGUAGE).strip().casefold()
    found = letter.template("text", letter.kind.name)
    if not language.startswith(BUILT_IN_LANGUAGE) and (found is None or found.file is None):
        place = f"templates/{language.partition('-')[0]}/{letter.kind.name}.txt"
        yield f"This is in English; for another language write {place}."


def _is_left_to_others(letter: Addressed) -> bool:
    """Tell whether it ends a coaching, by the coach's wish, for a reason that calls for somebody else."""
    ended = letter.about.contract.ended if letter.kind.name == "ending" and letter.about.contract else None
    return ended is not None and ended.by_coach and ended.reason not in LEFT_ALONE


def _on_people(letter: Addressed) -> Iterator[str]:
    code, people = letter.file.code, [one for one in _people(letter) if isinstance(one, dict)]
    if len(people) < CHOICE:
        names = "one person alone" if people else "nobody to go to"
        yield f"It names {names}; two or three are a choice: coachlog refer {code} --to NAME."
    if not all(one["phone"] or one["email"] or one["url"] for one in people):
        yield f"Somebody in it has neither telephone, email nor page on file: coachlog refer {code} ID adds one."
    if any(one["is_told"] and not one["is_allowed"] for one in people):
        yield "It says with whom you have spoken, and no consent in writing is on file for that (REF103)."


def _people(letter: Addressed) -> list[Fact]:
    people = letter.facts["people"]
    return people if isinstance(people, list) else []
