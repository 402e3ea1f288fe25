"""What the commands that write a client's own file say of it."""

from coachlog.commands.desk.desk import Desk, Outcome
from coachlog.commands.desk.incognito import veil_of
from coachlog.commands.desk.telling import Telling, tell, veiled_outcome, whole
from coachlog.render.as_json import object_lines
from coachlog.render.output import screen, show
from coachlog.views.fields import fields_of


def tell_client(  # noqa: PLR0913 — what there is to say, by name
    desk: Desk, outcome: Outcome, said: str, code: str, *, as_json: bool, formerly: str = ""
) -> None:
    """Print what became of a client, by line or by field; in JSON the code stands before the fields of client.yaml.

    `formerly` is a code that the client has no longer, and that is to be masked too.
    """
    clients = [outcome.file.client] if outcome.file else []
    veil = veil_of(desk.wishes, clients, [code, formerly])
    if veil:
        outcome, said = veiled_outcome(outcome, veil), veil.text(said)
    if not as_json:
        tell(desk, outcome, Telling(said, records=clients))
        return
    told = [{"code": code, **fields_of(one)} for one in clients]
    told = [veil.mask.fields(one) for one in told] if veil else told
    show(object_lines(whole(outcome, "clients", told)), screen(desk.wishes.color, quiet=desk.wishes.quiet))
