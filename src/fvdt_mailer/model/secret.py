"""Where a secret is: what may stand in a file under version control, and never the secret."""

from __future__ import annotations

import re
import shlex
from typing import Annotated, Final

from pydantic import AfterValidator, Field, WithJsonSchema

_ELSEWHERE: Final = r"env:[A-Za-z_][A-Za-z0-9_]*|file:.+"

SecretReference = Annotated[
    str,
    Field(
        pattern=rf"^({_ELSEWHERE})$",
        examples=["env:FVDT_SMTP_PASSWORD", "file:/run/secrets/smtp"],
    ),
]


def _token(value: str) -> str:
    if re.fullmatch(_ELSEWHERE, value):
        return value
    kind, _, command = value.partition(":")
    try:
        words = shlex.split(command) if kind == "command" else []
    except ValueError:
        raise ValueError("a quote in this command has no end; close it") from None
    if not words:
        # The value may be the token: it is not repeated on a screen or in a log.
        raise ValueError(
            "a token must not stand in this file; "
            "write where it comes from: command:PROGRAM, env:NAME or file:PATH"
        )
    return value


TokenReference = Annotated[
    str,
    AfterValidator(_token),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^({_ELSEWHERE}|command:.*\S.*)$",
            "examples": ["command:oama access news@example.org", "env:FVDT_SMTP_TOKEN"],
        }
    ),
]
