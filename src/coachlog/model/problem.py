"""What could not be read: a value that is collected, never an exception that stops the rest."""

from typing import NamedTuple

from coachlog.model.record import Place

UNNAMED_KEY = "a key"
"""What a key is called as a subject that may be somebody's words, and so is not repeated."""


class Problem(NamedTuple):
    """One thing that could not be read, under the code of the rule that names it.

    `message` holds no text of the coach's or a client's. `record` is the label of the record, `subject` the field.
    """

    code: str
    place: Place
    message: str
    client: str | None = None
    record: str | None = None
    subject: str | None = None
