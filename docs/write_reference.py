"""Write docs/reference.md from the commands and keys, and docs/checks.md from the rules.

python docs/write_reference.py            writes both
python docs/write_reference.py --check    exits with 1 when one is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import click

from fvdt_mailer.cli.main import cli
from fvdt_mailer.model.rule import Group
from fvdt_mailer.pipeline.check.rulebook import RULEBOOK
from fvdt_mailer.pipeline.files.json_schemas import schemas

Schema: TypeAlias = Mapping[str, object]

HERE = Path(__file__).parent
HEAD = """\
# Reference

Written by `make docs` from the commands and the settings themselves; a test fails when it is
out of date.

Exit codes of every command: **0** done, **1** stopped (run it again), **2** your files, **3** some
deliveries in doubt. Anything else is a bug and shows its traceback.
"""
CHECKS_HEAD = """\
# What `check` looks for

Written by `make docs` from the rules themselves; a test fails when it is out of date.

A finding names the file and the line to mend, and ends in its rule. An **error** stops a send, a
**warning** is worth a look, a **note** only tells. One that is meant so is silenced in its
campaign, with the reason, which every report repeats:

```yaml
silence:
  forbidden-spelling: the source text spells it so
```

An error cannot be silenced.
"""
FILES = {
    "mailer.schema.json": "mailer.yaml",
    "activities.schema.json": "activities/*.yaml: a list of",
    "campaign.schema.json": "campaigns/ID.yaml",
}


def main() -> None:
    """Write the pages, or compare them."""
    pages = {"reference.md": reference(), "checks.md": checks()}
    if "--check" in sys.argv:
        sys.exit(any(text != (HERE / name).read_text("utf-8") for name, text in pages.items()))
    for name, text in pages.items():
        (HERE / name).write_text(text, encoding="utf-8")
        print(f"Wrote {name}")


def checks() -> str:
    """Every rule, by group, as Markdown."""
    parts = [CHECKS_HEAD]
    for group in Group:
        rules = [rule for rule in RULEBOOK.values() if rule.group is group]
        rows = ((f"`{rule.id}`", f"{rule.why} {_source(rule.source)}".strip()) for rule in rules)
        parts += [f"## {group.value.capitalize()}\n", _table(("rule", "why it matters"), rows)]
    return "\n".join(parts).rstrip() + "\n"


def _source(source: str) -> str:
    return f"([source]({source}))" if source.startswith("https://") else ""


def reference() -> str:
    """The whole reference as Markdown."""
    parts = [HEAD, "## Commands\n", *_commands(cli, "fvdt-mailer")]
    for name, title in FILES.items():
        schema = schemas()[name]
        parts += [f"## {title}\n", _keys(_item(schema), schema)]
    return "\n".join(parts).rstrip() + "\n"


def _commands(command: click.Command, path: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        if path != "fvdt-mailer":
            yield f"### {path}\n\n{command.help}\n"
        for name in sorted(command.commands):
            yield from _commands(command.commands[name], f"{path} {name}")
        return
    context = click.Context(command, info_name=path)
    usage = command.get_usage(context).removeprefix("Usage: ")
    yield f"### {path}\n\n{_paragraphs(command.help)}\n\n    {' '.join(usage.split())}\n"
    options = [param for param in command.params if isinstance(param, click.Option)]
    rows = [record for option in options if (record := option.get_help_record(context))]
    yield _table(("option", "meaning"), ((f"`{left}`", right) for left, right in rows))
    if command.epilog:
        yield f"{_examples(command.epilog)}\n"


def _paragraphs(text: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))


def _examples(epilog: str) -> str:
    lines = [line for line in epilog.splitlines() if line.strip() not in {"\b", ""}]
    return "\n".join(["Examples:", "", *(f"    {line.strip()}" for line in lines[1:])])


def _item(schema: Schema) -> Schema:
    items = schema.get("items")
    return items if isinstance(items, Mapping) else schema


def _keys(schema: Schema, root: Schema) -> str:
    return _table(("key", "meaning"), _rows(schema, root, ""))


def _rows(schema: Schema, root: Schema, above: str) -> Iterator[tuple[str, str]]:
    required = schema.get("required", ())
    properties = schema.get("properties", {})
    assert isinstance(properties, Mapping)
    assert isinstance(required, list | tuple)
    for key, value in properties.items():
        mark = " (required)" if key in required else ""
        yield f"`{above}{key}`{mark}", str(value.get("description", ""))
        inner = _inner(value, root)
        if inner is not None:
            nested, dots = inner
            yield from _rows(nested, root, f"{above}{key}{dots}")


def _inner(value: Schema, root: Schema) -> tuple[Schema, str] | None:
    """The schema below a key, and how its keys are reached: `.`, `[].` or `.ID.`."""
    for candidate in (value, *_choices(value)):
        found = _resolved(candidate, root)
        if "properties" in found and not _is_per_language(found):
            return found, "."
        for word, dots in (("items", "[]."), ("additionalProperties", ".ID.")):
            below = found.get(word)
            if isinstance(below, Mapping):
                nested = _resolved(below, root)
                if "properties" in nested and not _is_per_language(nested):
                    return nested, dots
    return None


def _choices(value: Schema) -> tuple[Schema, ...]:
    found = value.get("anyOf", value.get("allOf", ()))
    return tuple(found) if isinstance(found, list) else ()


def _resolved(schema: Schema, root: Schema) -> Schema:
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    definitions = root["$defs"]
    assert isinstance(definitions, Mapping)
    found = definitions[reference.rpartition("/")[2]]
    assert isinstance(found, Mapping)
    return found


def _is_per_language(schema: Schema) -> bool:
    properties = schema.get("properties", {})
    return isinstance(properties, Mapping) and set(properties) == {"nl", "fr", "en"}


def _table(head: tuple[str, str], rows: Iterator[tuple[str, str]]) -> str:
    body = [f"| {left} | {right.replace('|', chr(92) + '|')} |" for left, right in rows]
    return "\n".join([f"| {head[0]} | {head[1]} |", "|---|---|", *body, ""])


if __name__ == "__main__":
    main()
