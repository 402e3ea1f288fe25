"""How a command that is offered calls a client: as short as can be, and never anybody else."""

import pytest

from coachlog.commands.desk.opening import Known, client_of
from coachlog.commands.desk.short import short_calls

CLIENTS = (
    Known("jane-doe", "Jane Doe"),
    Known("tom-reid", "Tom Reid"),
    Known("tom-read", "Tom Read"),
    Known("ana", "Ana"),
    Known("ana-ruiz", "Ana Ruiz"),
    Known("c07", "Søren Holm"),
    Known("mary-jane", "Mary Jane"),
    Known("lee-doe", "Élodie Tom-Lee"),
)
"""Two Toms, somebody called by a part of another's name, a code that is no name, accents."""


@pytest.mark.parametrize("client", CLIENTS, ids=lambda one: one.code)
def test_a_short_name_means_the_client_and_nobody_else(client: Known) -> None:
    """What is offered can be typed as it stands."""
    assert client_of(short_calls(CLIENTS)[client.code], CLIENTS) == client


def test_it_is_as_short_as_it_can_be() -> None:
    """A first name where that is enough; two words, or the whole code, where it is not."""
    assert short_calls(CLIENTS) == {
        "jane-doe": "jane-doe",
        "tom-reid": "tom-reid",
        "tom-read": "tom-read",
        "ana": "ana",
        "ana-ruiz": "ana-ruiz",
        "c07": "c07",
        "mary-jane": "mary",
        "lee-doe": "lee",
    }
