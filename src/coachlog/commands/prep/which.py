"""Which session a prep form is for, and how it is noted on it."""

from collections.abc import Mapping

from coachlog.commands.desk.desk import Change
from coachlog.commands.desk.naming import named
from coachlog.commands.session.appointments import step_to
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.follow_ups import FORM_SENT_FOR
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.store.emit import Value
from coachlog.store.identify import identified
from coachlog.store.layout import SESSIONS_FILE, client_file
from coachlog.store.splice import set_value

KEY = "sessions"


def session_for(file: ClientFile, wanted: str | None, now: Instant, after: Instant) -> Session:
    """Find the session that is named, else the first one after a moment that a form prepares. Raises WrongCall."""
    if wanted is not None:
        return named(file.sessions, wanted, now)
    takes_place = [one for one in file.attendance.sessions if (one.is_booked or one.is_held) and one.at > after]
    prepared = [one for one in takes_place if one.kind in FORM_SENT_FOR] or takes_place
    if prepared:
        return prepared[0]
    what = f"No session with {file.client.name} is to come."
    raise WrongCall(what, f"Name the one that it is for, or book it: coachlog session book {file.code} WHEN.")


def prep_noted(code: str, session: Session, values: Mapping[str, Value]) -> Change:
    """Note under `prep` of a session what was sent, or what came back."""
    name = client_file(code, SESSIONS_FILE)

    def alter(data: bytes) -> bytes:
        data = data if session.id else identified(data, name)
        for key, value in values.items():
            data = set_value(data, (KEY, step_to(session), "prep", key), value)
        return data

    return Change(name, alter)


def sessions_in(file: ClientFile | None, meant: Session) -> list[Session]:
    """Give the session as it stands in a file that was changed; it is known by its place, since it may get an id."""
    place = meant.origin.position
    return [one for one in file.sessions if one.origin.position == place] if file else []
