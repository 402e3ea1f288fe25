"""The files of a journal as JSON Schema, so that an editor completes and checks them while the coach types.

Every value arrives as text and the field decides what it means, so a scalar of any YAML type is let pass where its text
would be; what a field expects stands in its description, in the words of `check`.
"""

from collections.abc import Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from coachlog.model.action import Action
from coachlog.model.client import Client
from coachlog.model.client_file import CARE_LISTS
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract
from coachlog.model.fields import Reading
from coachlog.model.practice import Practice
from coachlog.model.record import Record
from coachlog.model.session import Session
from coachlog.model.supervision import Supervision

Schema = dict[str, Any]
DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that editors know best."""
WHOLE_FILES: Mapping[str, type[Record]] = {"coachlog.yaml": Practice, "client.yaml": Client}
LIST_FILES: Mapping[str, Mapping[str, type[Record]]] = {
    "contract.yaml": {"contracts": Contract},
    "sessions.yaml": {"sessions": Session},
    "actions.yaml": {"actions": Action},
    "contacts.yaml": {"contacts": Contact},
    "care.yaml": CARE_LISTS,
    "supervision.yaml": {"supervision": Supervision},
}
FILES = (*WHOLE_FILES, *LIST_FILES)
"""Every file that has a schema."""
_SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}
_OWN_KEYS: Schema = {"^x-": {}}
"""Keys that begin with x- are the coach's own: kept, never read."""
_YES_NO = ["yes", "no", "true", "false", "on", "off", True, False, None]
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_WHOLE = r"^[0-9]{1,6}$"
_LENIENT = ConfigDict(arbitrary_types_allowed=True)
_ANY_ZONE = {"zone": ZoneInfo("UTC")}


def schema_of(file: str) -> Schema:
    """Give the schema of a file of the journal, named without its folder."""
    kinds: dict[str, Schema] = {}
    if file in WHOLE_FILES:
        top = _record(WHOLE_FILES[file], kinds)
    else:
        lists = {key: _list(_reference(kind, kinds)) for key, kind in LIST_FILES[file].items()}
        top = _mapping(lists, [])
    return {"$schema": DIALECT, "title": file, **top, "definitions": dict(sorted(kinds.items()))}


def kind_schema(kind: type[Record]) -> Schema:
    """Give the schema of one kind of record, with the kinds that stand inside it."""
    kinds: dict[str, Schema] = {}
    return {**_record(kind, kinds), "definitions": kinds}


def _record(kind: type[Record], kinds: dict[str, Schema]) -> Schema:
    named = {info.alias or name: info for name, info in kind.model_fields.items()}
    fields = {key: _field(info, kinds) for key, info in named.items()}
    told = {"description": kind.__doc__.split("\n")[0]} if kind.__doc__ else {}
    return {**told, **_mapping(fields, [key for key, info in named.items() if info.is_required()])}


def _mapping(fields: Schema, required: list[str]) -> Schema:
    return {
        "type": ["object", "null"],
        "properties": fields,
        "patternProperties": _OWN_KEYS,
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _list(item: Schema) -> Schema:
    return {"type": ["array", "null"], "items": item}


def _reference(kind: type[Record], kinds: dict[str, Schema]) -> Schema:
    """Point to the schema of a kind of record, which is written once."""
    if kind.__name__ not in kinds:
        kinds[kind.__name__] = {}  # a kind that holds itself finds it here
        kinds[kind.__name__] = _record(kind, kinds)
    return {"$ref": f"#/definitions/{kind.__name__}"}


def _field(info: FieldInfo, kinds: dict[str, Schema]) -> Schema:
    annotation: Any = info.annotation
    for one in info.metadata:
        annotation = Annotated[annotation, one]
    told = _value(annotation, kinds)
    default = info.default
    return {**told, "default": default} if isinstance(default, str) and "$ref" not in told else told


def _value(kind: Any, kinds: dict[str, Schema]) -> Schema:  # noqa: ANN401, PLR0911 — a type, of which there are six forms
    origin = get_origin(kind)
    if origin is Annotated:
        return _annotated(kind, kinds)
    if origin in {Union, UnionType}:
        return _either([_value(one, kinds) for one in get_args(kind) if one is not NoneType])
    if origin is Literal:
        return {"enum": [*get_args(kind), None]}
    if origin is tuple:
        return _list(_value(get_args(kind)[0], kinds))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": ["object", "null"], "additionalProperties": _value(get_args(kind)[1], kinds)}
    if isinstance(kind, type) and issubclass(kind, Record):
        return _reference(kind, kinds)
    return {} if kind is Any else dict(_SCALAR)


def _annotated(kind: Any, kinds: dict[str, Schema]) -> Schema:  # noqa: ANN401 — likewise
    """Describe a value that is read from text, or that may be written in short as text."""
    inner, *marks = get_args(kind)
    told = _value(inner, kinds)
    if not any(isinstance(one, (BeforeValidator, Reading)) for one in marks):
        return {**told, **_words(kind)} if told.get("type") == _SCALAR["type"] else told
    if "$ref" in str(told) or get_origin(inner) is tuple or get_origin(inner) is Literal:
        return _either([told, dict(_SCALAR)])
    return {**_scalar(inner), **_words(kind)}


def _scalar(kind: Any) -> Schema:  # noqa: ANN401 — likewise
    """Say as much of a text's form as an editor can check."""
    if kind is bool:
        return {"enum": _YES_NO}
    if kind is int:
        return {"type": ["string", "integer", "null"], "pattern": _WHOLE}
    return {"type": ["string", "null"], "pattern": _DAY} if kind is date else dict(_SCALAR)


def _words(kind: Any) -> Schema:  # noqa: ANN401 — likewise
    """Let the field itself say what it expects, by giving it a list where a text belongs."""
    try:
        TypeAdapter(tuple[kind], config=_LENIENT).validate_python([[]], context=_ANY_ZONE)
    except ValidationError as refusal:
        said = refusal.errors(include_url=False, include_input=False)[0]
        if said["type"] == "expected":
            return {"description": said["msg"].removeprefix("expected ")}
    return {}


def _either(forms: list[Schema]) -> Schema:
    return forms[0] if len(forms) == 1 else {"anyOf": forms}
