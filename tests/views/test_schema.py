"""The schemas for editors: what the page of the format shows satisfies them, and what is wrong does not."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from coachlog.views.schema import FILES, schema_of

ROOT = Path(__file__).resolve().parent.parent.parent
KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
    "boolean": (bool,),
    "number": (int, float),
    "integer": (int,),
}
KEYWORDS = {
    *("$ref", "$schema", "title", "description", "default", "definitions", "type", "enum", "pattern", "anyOf"),
    *("properties", "patternProperties", "additionalProperties", "required", "items"),
}


def faults(value: Any, schema: dict[str, Any], kinds: dict[str, Any], at: str = "") -> list[str]:  # noqa: ANN401
    """Say where a value does not satisfy a schema, of which it reads the keywords that are in use."""
    if "$ref" in schema:
        return faults(value, kinds[schema["$ref"].removeprefix("#/definitions/")], kinds, at)
    if "anyOf" in schema:
        tried = [faults(value, one, kinds, at) for one in schema["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    found = [] if is_of(value, schema) else [at]
    if isinstance(value, list):
        found += [
            one
            for place, item in enumerate(value)
            for one in faults(item, schema.get("items", {}), kinds, f"{at}/{place}")
        ]
    if isinstance(value, dict):
        found += [f"{at}/{key}!" for key in schema.get("required", ()) if key not in value]
        found += [one for key, item in value.items() for one in faults(item, under(schema, key), kinds, f"{at}/{key}")]
    return found


def is_of(value: Any, schema: dict[str, Any]) -> bool:  # noqa: ANN401
    """Tell whether a value by itself is what a schema asks for."""
    wanted = schema.get("type", list(KINDS))
    kinds = tuple(kind for name in ([wanted] if isinstance(wanted, str) else wanted) for kind in KINDS[name])
    is_truth = isinstance(value, bool) and bool not in kinds
    matches = not isinstance(value, str) or re.search(schema.get("pattern", ""), value)
    return isinstance(value, kinds) and not is_truth and bool(matches) and value in schema.get("enum", [value])


def under(schema: dict[str, Any], key: str) -> dict[str, Any]:
    """Give the schema of what stands behind a key; one that nothing satisfies for a key that is not known."""
    more = schema.get("additionalProperties", True)
    known = [one for name, one in schema.get("properties", {}).items() if name == key]
    own = [one for pattern, one in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
    others: dict[str, Any] = more if isinstance(more, dict) else {} if more else {"enum": []}
    return next(iter((*known, *own)), others)


def as_json(value: Any) -> Any:  # noqa: ANN401
    """Give what an editor sees: a day and a moment are text to it."""
    if isinstance(value, dict):
        return {str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def faults_of(file: str, text: str) -> list[str]:
    """Read a text as an editor does, by YAML 1.2, and hold it against the schema of a file."""
    schema = schema_of(file)
    return faults(as_json(YAML(typ="safe", pure=True).load(text)), schema, schema["definitions"])


def keywords(schema: Any) -> set[str]:  # noqa: ANN401
    """Collect the keywords of a schema, without the names of fields and kinds."""
    if isinstance(schema, list):
        return set().union(*map(keywords, schema))
    if not isinstance(schema, dict):
        return set()
    named = {"properties", "patternProperties", "definitions"}
    inner = [one for key, value in schema.items() for one in (value.values() if key in named else [value])]
    return set(schema).union(*map(keywords, inner))


@pytest.mark.parametrize("file", FILES)
def test_what_the_page_of_the_format_shows_satisfies_its_schema(file: str) -> None:
    """Every field and style of docs/format.md, as an editor that reads YAML 1.2 sees it."""
    page = (ROOT / "docs/format.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"^## {re.escape(file)}\n```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert faults_of(file, block) == []
    assert keywords(schema_of(file)) <= KEYWORDS


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("sessions.yaml", "sessions: [{status: held}]", "/sessions/0/at!"),
        ("sessions.yaml", "sessions: [{at: 2026-01-14 15:00, status: done}]", "/sessions/0/status"),
        ("sessions.yaml", "sessions: [{at: 2026-01-14 15:00, stauts: held}]", "/sessions/0/stauts"),
        ("actions.yaml", "actions: [{step: call, due: next week}]", "/actions/0/due"),
        ("actions.yaml", "actions: [{step: call, stretch: maybe}]", "/actions/0/stretch"),
        ("contract.yaml", "contracts: [{sessions: [6]}]", "/contracts/0/sessions"),
        ("coachlog.yaml", "format: 1", "/timezone!"),
        ("client.yaml", "name: {first: Jane}", "/name"),
    ],
)
def test_what_is_wrong_is_marked_where_it_stands(file: str, text: str, place: str) -> None:
    """The editor underlines it before any check does."""
    assert place in faults_of(file, text)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("client.yaml", "name: 42\nx-shoe: {size: 38}\ntags:\n"),
        ("sessions.yaml", "sessions: [{at: 2026-01-14 15:00, pro_bono: true, minutes: '60'}]"),
        ("contract.yaml", "contracts: [{between_sessions: none, fee: {amount: 900}}]"),
    ],
)
def test_what_a_field_reads_from_text_may_be_of_any_type(file: str, text: str) -> None:
    """Types come from fields, not from what YAML makes of a value."""
    assert faults_of(file, text) == []


def test_fields_say_what_they_expect() -> None:
    """In the words in which `check` says it."""
    action = schema_of("actions.yaml")["definitions"]["Action"]
    assert action["properties"]["due"]["description"] == "a day that exists, such as 2026-03-04, without a time"
