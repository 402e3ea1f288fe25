"""Whose a message is: clients by all their addresses, their sponsors, and the coach."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from coachlog.exchange.letter import Letter
from coachlog.model.client_file import ClientFile

Sender = Literal["client", "coach", "sponsor"]


class Party(NamedTuple):
    """Somebody whose address is known: of which client, and if a sponsor the id or name by which a contact says so."""

    code: str
    sponsor: str = ""


class Between(NamedTuple):
    """A contact as a message shows it: of which client, from whom, and to which sponsor if not to the client.

    `is_copy` says that a client wrote to somebody else, and to the coach for information.
    """

    code: str
    sender: Sender
    to: str = ""
    is_copy: bool = False


class Correspondents:
    """The addresses of a practice."""

    def __init__(self, files: Iterable[ClientFile], mine: Iterable[str]) -> None:
        """Take the addresses that client.yaml holds, and those that are the coach's."""
        self.mine = frozenset(map(_folded, mine))
        self._known: dict[str, list[Party]] = {}
        for file in files:
            for address, party in _of(file):
                known = self._known.setdefault(_folded(address), [])
                known += [] if party in known else [party]

    def contacts(self, letter: Letter) -> list[Between]:
        """Tell what contacts a message is: none, one, or one with each client whom the coach wrote to.

        Copies count as received. A client who only gets a copy of what another person wrote was not in contact, and a
        sponsor of several clients is left alone unless the message went to one of them.
        """
        written_to = [party for one in letter.receivers for party in self._parties(one)]
        if self.is_mine(letter.sender):
            return _from_coach(written_to)
        senders = self._parties(letter.sender)
        is_copy = bool(letter.to) and not self._is_mine_among(letter.to) and self._is_mine_among(letter.receivers)
        clients = [Between(one.code, "client", is_copy=is_copy) for one in senders if not one.sponsor]
        return clients or _from_sponsor([one for one in senders if one.sponsor], written_to)

    def is_of_several(self, letter: Letter) -> bool:
        """Tell whether a message was with a sponsor, who has several clients, so that nobody can say whose it is."""
        others = letter.receivers if self.is_mine(letter.sender) else (letter.sender,)
        return any(one.sponsor for other in others for one in self._parties(other))

    def is_from_unknown(self, letter: Letter) -> bool:
        """Tell whether somebody who is not known wrote to a client, and not to the coach: it may be the coach."""
        to_client = any(not one.sponsor for other in letter.receivers for one in self._parties(other))
        known = self.is_mine(letter.sender) or self._parties(letter.sender)
        return to_client and not known and not self._is_mine_among(letter.receivers)

    def is_mine(self, address: str) -> bool:
        """Tell whether an address is the coach's, be it with a word behind a plus sign."""
        return address in self.mine or _without_plus(address) in self.mine

    def _is_mine_among(self, addresses: Iterable[str]) -> bool:
        return any(map(self.is_mine, addresses))

    def _parties(self, address: str) -> Sequence[Party]:
        if self.is_mine(address):
            return ()
        return self._known.get(address, self._known.get(_without_plus(address), ()))


def _from_coach(written_to: Sequence[Party]) -> list[Between]:
    clients = dict.fromkeys(one.code for one in written_to if not one.sponsor)
    sponsors = [one for one in written_to if one.sponsor and one.code not in clients]
    about = sponsors if len({one.code for one in sponsors}) == 1 else []
    return [Between(one, "coach") for one in clients] + [Between(one.code, "coach", one.sponsor) for one in about[:1]]


def _from_sponsor(senders: Sequence[Party], written_to: Sequence[Party]) -> list[Between]:
    codes = {one.code for one in senders}
    if len(codes) > 1:
        codes &= {one.code for one in written_to if not one.sponsor}
    return [Between(one, "sponsor") for one in codes] if len(codes) == 1 else []


def _of(file: ClientFile) -> Iterator[tuple[str, Party]]:
    client = file.client
    for address in (client.email, *client.addresses):
        if address:
            yield address, Party(file.code)
    for one in client.sponsors:
        if one.email and (named := one.id or one.name):
            yield one.email, Party(file.code, named)


def _without_plus(address: str) -> str:
    """Give an address without what its owner wrote behind a plus sign: jane+coach@x.org is jane@x.org's."""
    name, at, domain = address.rpartition("@")
    return f"{name.partition('+')[0]}{at}{domain}"


def _folded(address: str) -> str:
    return address.strip().removeprefix("mailto:").lower()
