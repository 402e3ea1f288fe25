"""Who is who: the client's sponsors and the practice's directory, whose ids stand for their names."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from coachlog.model.care import AnyPerson, Person
from coachlog.model.client import Sponsor
from coachlog.model.practice import Colleague

Card = Person | Sponsor | Colleague
"""What is known of a person: the name, and how to reach them."""


class People:
    """The people whom a client's file may mention beside the client."""

    def __init__(self, sponsors: Sequence[Sponsor], directory: Sequence[Colleague]) -> None:
        """Take the sponsors of the client and the directory of the practice; of two with one id the first counts."""
        self._known: tuple[Sponsor | Colleague, ...] = (*sponsors, *directory)
        self._by_id: dict[str, set[str]] = {}
        for listing in (sponsors, directory):
            for key, name in _first_by_id(listing).items():
                self._by_id.setdefault(key, set()).add(name)

    def same(self, one: str, other: str) -> bool:
        """Tell whether two mentions mean one person: an id stands for its name, and case does not matter."""
        return bool(self._names(one) & self._names(other))

    def _names(self, mention: str) -> set[str]:
        key = mention.casefold()
        return {key, *self._by_id.get(key, ())}

    def different(self, mentions: Iterable[str]) -> list[str]:
        """Give one mention of each person that is mentioned."""
        found: list[str] = []
        for mention in mentions:
            if not any(self.same(mention, other) for other in found):
                found.append(mention)
        return found

    def cards(self, to: AnyPerson | None) -> Iterator[Card]:
        """Give what is known of somebody: what is said of them on the spot, and what stands under their id or name.

        A mention that is no id is a name.
        """
        mention = to if isinstance(to, str) else to and to.name
        listed = [one for one in self._known if mention and self._is(one, mention)]
        said = to if isinstance(to, Person) else Person(name=to) if to and not listed else None
        return chain([said] if said else [], listed)

    def _is(self, card: Sponsor | Colleague, mention: str) -> bool:
        return any(self.same(mention, known) for known in (card.id, card.name) if known)


def _first_by_id(listing: Sequence[Sponsor | Colleague]) -> dict[str, str]:
    return {one.id.casefold(): (one.name or one.id).casefold() for one in reversed(listing) if one.id}
