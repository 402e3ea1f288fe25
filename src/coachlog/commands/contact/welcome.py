"""The welcome pack: the day on which it was sent is noted in the contract, in the same change as the contact."""

from collections.abc import Sequence
from datetime import date

from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Change, Desk
from coachlog.commands.desk.lasting import lasting_label
from coachlog.errors import CannotWrite
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract
from coachlog.store.files import read_bytes
from coachlog.store.identify import identified
from coachlog.store.layout import CONTRACT_FILE, client_file
from coachlog.store.locate import way_to
from coachlog.store.nodes import Unreadable
from coachlog.store.splice import set_value

KEY = "welcome_pack"
WELCOME = "welcome"
"""What a contact is for that brings the client the welcome pack."""


def noting_the_welcome(desk: Desk, file: ClientFile, day: date) -> list[Change]:
    """Note in the contract that the welcome pack was sent on a day, where one lacks it.

    That the contact was made is recorded in any case: where the contract can't be changed, a remark says so.
    """
    contract = _without_welcome(file, day)
    if contract is None:
        return []
    name, label = client_file(file.code, CONTRACT_FILE), lasting_label(desk, contract)

    def alter(data: bytes) -> bytes:
        data = identified(data, name)
        return set_value(data, (*way_to(data, label).path, KEY), written_day(day))

    try:
        alter(read_bytes(desk.root / name))
    except (CannotWrite, Unreadable):
        desk.remarks.append(f"The day could not be noted in the contract: write {KEY}: {day} into {name}.")
        return []
    return [Change(name, alter)]


def _without_welcome(file: ClientFile, day: date) -> Contract | None:
    """Give the contract in force on a day, else the one to come, if no welcome pack is noted in it."""
    contract = file.agreements.on(day) or file.agreements.agreed_ahead(day)
    return contract if contract and contract.terms(day).welcome_pack is None else None


def welcomed(file: ClientFile, contacts: Sequence[Contact]) -> list[Contract]:
    """Give the contracts in which the day of one of these contacts is noted as that of the welcome pack."""
    days = {one.at.day for one in contacts if one.by_coach and one.for_ == WELCOME}
    return [one for one in file.contracts if one.welcome_pack in days]
