from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.folder import Origin
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.files.build_tree import Tree
from fvdt_mailer.pipeline.files.explain_error import known_keys
from fvdt_mailer.pipeline.files.json_schemas import DIALECT, schemas
from fvdt_mailer.pipeline.files.parse import parse_activities, parse_campaign, parse_project
from fvdt_mailer.pipeline.files.read_yaml import read

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("mailer.schema.json", "activities.schema.json", "campaign.schema.json")


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do (the core schema of YAML 1.2 has no dates)."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - pyyaml's own name and shape
        letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def schema_accepts(name: str, text: str) -> bool:
    document = yaml.load(text, Loader=EditorLoader)
    return Draft202012Validator(schemas()[name]).is_valid(document)


def parser_accepts(name: str, text: str) -> bool:
    tree, origin, problems = read(text, file="f.yaml")
    if any(problem.is_error for problem in problems):
        return False
    return not _problems(name, tree, origin)


def _problems(name: str, tree: Tree | None, origin: Origin) -> bool:
    if name == "mailer.schema.json":
        return bool(parse_project(tree, origin)[1])
    if name == "activities.schema.json":
        return bool(parse_activities(tree, origin)[1])
    return bool(parse_campaign(tree, origin, "2013-06")[1])


def subschemas(node: object, path: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from subschemas(item, f"{path}/{index}")
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            if key not in {"default", "examples", "enum", "const"}:
                yield from subschemas(value, f"{path}/{key}")


def described_keys(schema: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Every key a person can write, and what is said about it."""
    for path, node in subschemas(schema):
        properties = node.get("properties")
        if not isinstance(properties, dict) or "additionalProperties" not in node:
            continue
        for key, about in properties.items():
            yield f"{path}/{key}", about.get("description")


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_of_its_dialect_and_can_be_written_as_json(name: str) -> None:
    schema = schemas()[name]
    assert schema["$schema"] == DIALECT
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_there_is_a_schema_for_each_kind_of_file() -> None:
    assert tuple(schemas()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_key_says_what_it_is_for(name: str) -> None:
    keys = dict(described_keys(schemas()[name]))
    assert len(keys) > 20
    assert [path for path, description in keys.items() if not description] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_object_takes_keys_it_does_not_know(name: str) -> None:
    open_ones = [
        path
        for path, node in subschemas(schemas()[name])
        if (node.get("type") == "object" or "patternProperties" in node)
        and node.get("additionalProperties", True) is True
    ]
    assert open_ones == []


@pytest.mark.parametrize(
    ("name", "model"),
    [("mailer.schema.json", Project), ("campaign.schema.json", Campaign)],
)
def test_a_schema_knows_the_keys_the_parser_knows(
    name: str, model: type[Project | Campaign]
) -> None:
    properties = schemas()[name]["properties"]
    assert isinstance(properties, dict)
    assert set(properties) == set(known_keys(model))


def test_an_activity_has_its_short_forms_and_a_campaign_no_id() -> None:
    definitions = schemas()["activities.schema.json"]["$defs"]
    assert isinstance(definitions, dict)
    assert set(definitions["Activity"]["properties"]) == set(known_keys(Activity))
    assert not schema_accepts("campaign.schema.json", "headline: x\nid: y")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("mailer.schema.json", "mailer.yaml"),
        *(("activities.schema.json", f"activities/{year}.yaml") for year in (2013, 2026)),
        *(("campaign.schema.json", f"campaigns/{name}.yaml") for name in ("2013-06", "2026-12")),
    ],
)
def test_the_worked_example_is_right_to_the_schema_and_to_the_parser(name: str, file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert schema_accepts(name, text)
    assert parser_accepts(name, text)


PROJECT = """\
name: Fabrieken
public_url: https://news.example.org
organisation: {name: A, address: B, email: i@example.org, website: "https://example.org",
  privacy_url: "https://example.org/p"}
sender: {from: F <n@example.org>}
clusters: {voeding: {heading: Voeding, name: voeding}}
"""
ACTIVITY = "- start: 2013-06-17 14:00\n  text: x\n"
GOOD = [
    ("mailer.schema.json", PROJECT),
    ("mailer.schema.json", PROJECT + "smtp:\ndkim: smarthost\norganisers:\n"),
    ("mailer.schema.json", PROJECT + "dkim: {domain: a.be, selector: s, key: env:K}\n"),
    (
        "mailer.schema.json",
        PROJECT + "smtp: {url: 'smtps://u@h:465', password: env:P, connections: 8, rate: 50/s}\n",
    ),
    ("mailer.schema.json", PROJECT + "test_readers: a@example.org\nlanguage: fr\n"),
    ("mailer.schema.json", PROJECT.replace("name: A,", "name: A, phone: 0476123456,")),
    ("mailer.schema.json", PROJECT + "theme: {accent: '#0b6e8f'}\n"),
    ("activities.schema.json", "# none yet\n"),
    ("activities.schema.json", ACTIVITY + "  cluster: voeding\n  price: 12.50\n  venue:\n"),
    ("activities.schema.json", ACTIVITY + "  clusters: voeding\n  online: ja\n  all_day: true\n"),
    ("activities.schema.json", ACTIVITY + "  clusters: [a, b]\n  price: gratis\n  title: 2013\n"),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  info: https://example.org/x\n  report:"),
    (
        "activities.schema.json",
        ACTIVITY + "  cluster: a\n  links: [{kind: photos, url: 'https://example.org'}]\n",
    ),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  organiser: Voka\n  speakers: X\n"),
    (
        "activities.schema.json",
        "- {cluster: a, start: 2013-06-17, kind: lezing, topic: {nl: x, fr: y}}\n",
    ),
    ("campaign.schema.json", "headline: x\n"),
    ("campaign.schema.json", "headline: {nl: x, en: y}\nintro: {nl: x}\nclosing: [a, {nl: b}]\n"),
    ("campaign.schema.json", "headline: x\nkind: announcement\nactivity: y\nclusters: a\n"),
    ("campaign.schema.json", "headline: x\nnothing_upcoming: fallback\nfallback: Niets.\n"),
    ("campaign.schema.json", "headline: x\nwindow: {from: 2013-06-01, to: 2013-06-30 12:00}\n"),
    ("campaign.schema.json", "headline: x\npick: {include: a, limit_per_cluster: 3}\nwindow:\n"),
    ("campaign.schema.json", "headline: x\naudience: {languages: nl, tags: [a, b]}\n"),
]
BAD = [
    ("mailer.schema.json", PROJECT + "nmae: x\n"),
    ("mailer.schema.json", PROJECT.replace("name: Fabrieken\n", "")),
    ("mailer.schema.json", PROJECT.replace("https://news", "news")),
    ("mailer.schema.json", PROJECT.replace("{voeding:", "{Voeding!:")),
    ("mailer.schema.json", PROJECT + "smtp: {url: 'smtps://u@h:465', password: hunter2}\n"),
    ("mailer.schema.json", PROJECT + "smtp: {url: 'smtps://u:hunter2@h:465'}\n"),
    ("mailer.schema.json", PROJECT + "language: de\n"),
    ("mailer.schema.json", PROJECT + "dkim: ja\n"),
    ("activities.schema.json", "cluster: a\nstart: 2013-06-17\ntext: x\n"),
    ("activities.schema.json", ACTIVITY),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  clusters: [b]\n"),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  organiser: b\n  organisers: [c]\n"),
    ("activities.schema.json", "- {cluster: a, start: 2013-06-17}\n"),
    ("activities.schema.json", "- {cluster: a, start: 2013-06-17, kind: lezing}\n"),
    ("activities.schema.json", "- {cluster: a, start: 2013-06-17, text: }\n"),
    ("activities.schema.json", "- {cluster: a, start: 17 juni, text: x}\n"),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  status: afgelast\n"),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  info: example.org\n"),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  online: misschien\n"),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  title: ''\n"),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  title: {nl: }\n"),
    ("activities.schema.json", ACTIVITY + "  cluster: a\n  title: {de: x}\n"),
    ("campaign.schema.json", "intro: x\n"),
    ("campaign.schema.json", "headline: x\nkind: announcement\n"),
    ("campaign.schema.json", "headline: x\nactivity: y\n"),
    ("campaign.schema.json", "headline: x\nnothing_upcoming: fallback\n"),
    ("campaign.schema.json", "headline: x\npick: {limit_per_cluster: 0}\n"),
    ("campaign.schema.json", "headline: x\nwindow: {from: gisteren}\n"),
]


@pytest.mark.parametrize(("name", "text"), GOOD)
def test_what_is_right_is_right_to_the_schema_and_to_the_parser(name: str, text: str) -> None:
    assert schema_accepts(name, text)
    assert parser_accepts(name, text)


@pytest.mark.parametrize(("name", "text"), BAD)
def test_what_is_wrong_is_wrong_to_the_schema_and_to_the_parser(name: str, text: str) -> None:
    assert not schema_accepts(name, text)
    assert not parser_accepts(name, text)
