"""JSON Schemas of the files a person writes, so that editors complete and check while typing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from fvdt_mailer.model.activity import Activity, Link, LinkKind
from fvdt_mailer.model.campaign import Campaign, CampaignKind, NothingUpcoming
from fvdt_mailer.model.project import Project

Schema: TypeAlias = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Mapping[str, Schema]:
    """The schema of each kind of file, by the name it is written under."""
    return {
        "mailer.schema.json": _document(Project, "The settings in mailer.yaml."),
        "activities.schema.json": _activities(),
        "campaign.schema.json": _campaign(),
    }


class _Untitled(GenerateJsonSchema):
    """Without the titles that repeat each key."""

    def field_title_should_be_set(self, schema: object) -> bool:
        del schema
        return False


def _document(model: type[BaseModel], description: str) -> Schema:
    written = model.model_json_schema(schema_generator=_Untitled)
    definitions = _object(written.get("$defs", {}))
    for owner in (written, *definitions.values()):
        _describe(_object(_object(owner).get("properties", {})), definitions)
    return {"$schema": DIALECT, **_object(_relaxed(written)), "description": description}


def _describe(properties: Schema, definitions: Schema) -> None:
    """Say at each key what pydantic says only once, at the definition, when the words agree."""
    for about in map(_object, properties.values()):
        if "description" not in about and "$ref" in about:
            definition = _object(definitions[str(about["$ref"]).rpartition("/")[2]])
            about["description"] = definition["description"]


def _activities() -> Schema:
    document = _document(Activity, "One activity.")
    definitions = document.pop("$defs", {})
    document.pop("$schema")
    _properties(document).update(_short_forms())
    document["required"] = ["start"]
    document["allOf"] = [
        {"oneOf": [{"required": ["clusters"]}, {"required": ["cluster"]}]},
        {"not": {"required": ["organiser", "organisers"]}},
        {"anyOf": [_given("text"), _given("kind", "title"), _given("kind", "topic")]},
    ]
    return {
        "$schema": DIALECT,
        "description": "The activities in one file of activities/.",
        "type": ["array", "null"],
        "items": {"$ref": "#/$defs/Activity"},
        "$defs": {**_object(definitions), "Activity": document},
    }


def _short_forms() -> Schema:
    cluster = {
        "type": "string",
        "minLength": 1,
        "description": "Id of its cluster; short for `clusters` with a single one.",
    }
    organiser = {
        "type": ["string", "null"],
        "description": "Who organises it; short for `organisers` with a single one.",
    }
    links = {kind.value: _short_link(kind) for kind in LinkKind}
    return {"cluster": cluster, "organiser": organiser, **links}


def _short_link(kind: LinkKind) -> Schema:
    _, short = _divided(_object(_properties(Link.model_json_schema())["url"]))
    description = f"Address of a link; short for `links` with kind {kind.value}."
    return {**short, "type": ["string", "null"], "description": description}


def _campaign() -> Schema:
    document = _document(Campaign, "One campaign; its id is the name of the file.")
    del _properties(document)["id"]
    announcement = CampaignKind.ANNOUNCEMENT.value
    fallback = NothingUpcoming.FALLBACK.value
    document["allOf"] = [
        {
            "if": _is("kind", announcement),
            "then": _given("activity"),
            "else": {"properties": {"activity": {"enum": [None, ""]}}},
        },
        {"if": _is("nothing_upcoming", fallback), "then": _given("fallback")},
    ]
    return document


def _is(key: str, value: str) -> Schema:
    return {"properties": {key: {"const": value}}, "required": [key]}


def _given(*keys: str) -> Schema:
    """All these keys are there, with something after them."""
    filled: Schema = {"not": {"enum": [None, ""]}}
    return {"properties": dict.fromkeys(keys, filled), "required": list(keys)}


def _relaxed(node: object) -> object:
    """The schema as YAML is written: one value for a list of one, nothing for not given."""
    if isinstance(node, list):
        return [_relaxed(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {
        key: _relaxed_keys(node) if key == "properties" else _relaxed(value)
        for key, value in node.items()
    }
    if "patternProperties" in schema:
        schema["additionalProperties"] = False
    return _or_number(_or_one(schema))


def _relaxed_keys(node: Schema) -> Schema:
    needed = node.get("required", [])
    assert isinstance(needed, list)
    relaxed = {key: _object(_relaxed(value)) for key, value in _properties(node).items()}
    if "minProperties" in node:  # any of these, so that none of them may be empty
        return dict(relaxed)
    return {key: value if key in needed else _or_nothing(value) for key, value in relaxed.items()}


def _or_nothing(schema: Schema) -> Schema:
    about, rest = _divided(schema)
    branches = rest.get("anyOf", [rest])
    assert isinstance(branches, list)
    return {"anyOf": [*(branch for branch in branches if branch != _NULL), _NULL], **about}


_NULL: Schema = {"type": "null"}
_ABOUT = frozenset({"description", "default", "title"})
_NARROWED = frozenset({"pattern", "enum", "format", "const", "examples"})


def _or_one(schema: Schema) -> Schema:
    items = schema.get("items")
    if schema.get("type") != "array" or items == {"$ref": "#/$defs/Link"}:
        return schema
    about, rest = _divided(schema)
    return {"anyOf": [items, rest], **about}


def _divided(schema: Schema) -> tuple[Schema, Schema]:
    """What is said about a value, and what is asked of it."""
    about = {key: value for key, value in schema.items() if key in _ABOUT}
    return about, {key: value for key, value in schema.items() if key not in _ABOUT}


def _or_number(schema: Schema) -> Schema:
    """What a person writes as 2013 or 050123456 is text to us, and a number to an editor."""
    if schema.get("type") == "string" and not schema.keys() & _NARROWED:
        return {**schema, "type": ["string", "number"]}
    return schema


def _properties(schema: Schema) -> Schema:
    return _object(schema["properties"])


def _object(value: object) -> Schema:
    assert isinstance(value, dict)
    return value
