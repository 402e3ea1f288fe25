"""What a check is asked, as it was typed."""

from typing import NamedTuple

from coachlog.model.severity import Profile


class Question(NamedTuple):
    """The clients (none: all), the rules by code, name or chapter, the day, and how to judge."""

    clients: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    as_of: str | None = None
    profile: Profile | None = None
    waivers: bool = True
