"""What the commands that write a client's own file say of it."""

from coachlog.commands.desk.desk import Desk, Outcome
from coachlog.commands.desk.telling import tell
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.output import screen, show
from coachlog.views.fields import fields_of


def tell_client(desk: Desk, outcome: Outcome, said: str, code: str, *, as_json: bool) -> None:
    """Print what became of a client, by line or by field; in JSON the code stands before the fields of client.yaml."""
    if not as_json:
        tell(desk.wishes, outcome, said, remarks=desk.remarks)
        return
    told = [{"code": code, **fields_of(outcome.file.client)}] if outcome.file else []
    brought = [
        {"code": one.code, "name": one.name, "severity": one.severity, "record": one.record, "message": one.message}
        for one in outcome.brought
        if one.counts
    ]
    whole = {"schema": SCHEMA, "clients": told, "findings": brought, "written": list(outcome.written)}
    show(object_lines(whole), screen(desk.wishes.color, quiet=desk.wishes.quiet))
