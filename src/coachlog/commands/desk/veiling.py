"""Whether a call is incognito: what masks is imported only where it is."""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from coachlog.commands.desk.opening import Wishes
from coachlog.model.record import Record

if TYPE_CHECKING:
    from coachlog.commands.desk.incognito import Veil

INCOGNITO = "coachlog.commands.desk.incognito"
"""The module that masks what is shown."""


def veil_of(wishes: Wishes, records: Iterable[Record] = ()) -> "Veil | None":
    """Give what hides the people of the journal, and what records say; None where nothing is hidden."""
    if not wishes.incognito:
        return None
    veil: Veil = import_module(INCOGNITO).veil_of(wishes, records)
    return veil


def veiled(wishes: Wishes, told: str, about: Iterable[Record] = ()) -> str:
    """Give a question or a refusal as it may be shown."""
    veil = veil_of(wishes, about)
    return veil.text(told) if veil else told
