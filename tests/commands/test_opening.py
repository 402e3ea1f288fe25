"""Looking up a client: by code, by name, by a beginning of either; never by guessing."""

import pytest

from coachlog.commands.opening import Known, client_of, clients_of
from coachlog.errors import NoSuchClient

CLIENTS = (
    Known("ana-ruiz", "Ana Ruiz"),
    Known("jan", "Jan van der Berg"),
    Known("jane-doe", "Jane Doe"),
    Known("c07", "Zoë Łuczak"),
    Known("c08", "Jürgen Groß"),
    Known("sam-lee", "Sam Lee"),
    Known("sam-lee-2", "Sam Lee"),
)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("jane-doe", "jane-doe"),
        ("jan", "jan"),
        ("JAN", "jan"),
        ("jane", "jane-doe"),
        ("Jane D", "jane-doe"),
        ("doe", "jane-doe"),
        ("ruiz", "ana-ruiz"),
        ("der b", "jan"),
        ("zoe", "c07"),
        ("ZOË", "c07"),
        ("gross", "c08"),
        ("jurgen", "c08"),
        ("c07", "c07"),
        ("sam-lee", "sam-lee"),
        ("sam-lee-", "sam-lee-2"),
    ],
)
def test_a_client_is_found_by_any_beginning_that_is_unique(wanted: str, code: str) -> None:
    """An exact match wins; a beginning of any word of the name serves; case and accents do not matter."""
    assert client_of(wanted, CLIENTS).code == code


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ("sam", ["sam-lee", "sam-lee-2"]),
        ("Sam Lee", ["sam-lee", "sam-lee-2"]),
        ("ja", ["jan", "jane-doe"]),
        ("c0", ["c07", "c08"]),
        ("jnae", ["jane-doe"]),
        ("berk", ["jan"]),
        ("", []),
        ("xyzzy", []),
    ],
)
def test_two_that_fit_and_none_that_fits_are_told_apart(wanted: str, named: list[str]) -> None:
    """Never a silent guess: those that fit are listed, else the nearest."""
    with pytest.raises(NoSuchClient) as refusal:
        client_of(wanted, CLIENTS)
    assert refusal.value.exit_code == 2
    assert all(code in str(refusal.value) for code in named)


def test_the_point_is_the_default_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """`.` stands for the client whom the environment names, and for none where it names none."""
    monkeypatch.setenv("COACHLOG_CLIENT", "jane")
    assert clients_of([".", "ana"], CLIENTS) == {"jane-doe", "ana-ruiz"}
    monkeypatch.setenv("COACHLOG_CLIENT", ".")
    with pytest.raises(NoSuchClient, match="COACHLOG_CLIENT"):
        client_of(".", CLIENTS)
