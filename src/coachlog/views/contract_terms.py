"""A contract as it is shown: where it stands, and its terms with what amended them."""

from typing import NamedTuple


class ShownTerm(NamedTuple):
    """A term by its name in the file, what it says, and the amendment that it comes from."""

    name: str
    words: str
    amended: str = ""


class ShownContract(NamedTuple):
    """A contract on a day."""

    heading: str
    standing: str
    terms: tuple[ShownTerm, ...]
