"""Templates filled with words; what is wrong in one is said in a sentence with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from types import TracebackType
from typing import TypeAlias

from jinja2.exceptions import (
    SecurityError,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)

from fvdt_mailer.errors import FilesError, Problem, did_you_mean
from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.language import Written
from fvdt_mailer.model.letter import Closing, DateTile, LetterCallout, LetterSection, Paragraph
from fvdt_mailer.model.project import DarkTheme, Organisation, Theme
from fvdt_mailer.pipeline.layout.closed_jinja import ClosedJinja
from fvdt_mailer.pipeline.phrases.catalogue import Words

Values: TypeAlias = Mapping[str, object]

# What a template does at run time fails as the Python below it fails.
_MENDABLE = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_FIELDS: Mapping[str, tuple[str, ...]] = {
    noun.__name__: tuple(field.name for field in fields(noun))
    for noun in (Closing, DateTile, LetterCallout, LetterSection, Paragraph, Words, Written)
} | {noun.__name__: tuple(noun.model_fields) for noun in (DarkTheme, Organisation, Theme)}
_PARTS = ("html", "text")
_UNKNOWN_PART = re.compile(r"'jinja2\.environment\.TemplateModule object' has no attribute '(.+)'")
_UNKNOWN_FIELD = re.compile(r"'(?:[\w.]+\.)?(\w+) object' has no attribute '(.+)'")
_UNKNOWN_NAME = re.compile(r"'(.+)' is undefined")


class Templates:
    """The templates of a project, ready to be filled."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._templates = templates
        self._environment = ClosedJinja(templates)

    def fill(self, name: str, values: Values) -> str:
        """The template of that name filled with `values`; FilesError says what to mend in it."""
        with self._mendable(name, values):
            return self._environment.get_template(name).render(values)

    def problem(self, name: str, *, text: str, hint: str) -> FilesError:
        """An error about the template `name` as a whole."""
        problem = Problem(rule="template-part", file=self.file(name), text=text, hint=hint)
        return FilesError((problem,))

    def file(self, name: str) -> str:
        """The file the template of that name is, or should be, in."""
        return self._templates[name].file if name in self._templates else f"templates/{name}"

    @contextmanager
    def _mendable(self, name: str, values: Values) -> Iterator[None]:
        try:
            yield
        except _MENDABLE as error:
            raise FilesError((self._problem(error, name, values),)) from error

    def _problem(self, error: Exception, name: str, values: Values) -> Problem:
        file, line = self._place(error) or (self.file(name), None)
        rule, text, hint = _said(error, [*self._templates], [*values])
        return Problem(rule=rule, file=file, line=line, text=text, hint=hint)

    def _place(self, error: Exception) -> tuple[str, int] | None:
        """The innermost line of a template that the error passed through."""
        if isinstance(error, TemplateSyntaxError):
            return error.filename or self.file(error.name or ""), error.lineno
        files = {template.file for template in self._templates.values()}
        passed = [place for place in _frames(error.__traceback__) if place[0] in files]
        return passed[-1] if passed else None


def _frames(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next


def _said(error: Exception, names: list[str], known: list[str]) -> tuple[str, str, str]:
    """The rule, the sentence and the hint for an error a template made."""
    match error:
        case TemplateNotFound():
            hint = did_you_mean(str(error.name), names) or "`fvdt-mailer init` writes it"
            return "template-missing", f'there is no template "{error.name}"', hint
        case TemplateSyntaxError():
            return "template-syntax", str(error.message), "see the Jinja template documentation"
        case UndefinedError():
            return "template-undefined", *_unknown(str(error.message), known)
        case SecurityError():
            hint = "a template only puts words in place; it can call macros and range"
            return "template-unsafe", _forbidden(str(error.message)), hint
        case _:
            return "template-failed", f"this line fails: {error}", "mend or remove the expression"


def _forbidden(message: str) -> str:
    return "this cannot be called here" if message.endswith("not safely callable") else message


def _unknown(message: str, known: list[str]) -> tuple[str, str]:
    if part := _UNKNOWN_PART.fullmatch(message):
        return f'this component has no "{part[1]}"', did_you_mean(part[1], _PARTS)
    if field := _UNKNOWN_FIELD.fullmatch(message):
        noun, name = field.groups()
        return f'a {noun} has no "{name}"', did_you_mean(name, _FIELDS.get(noun, ()))
    if name := _UNKNOWN_NAME.fullmatch(message):
        return f'"{name[1]}" is not known here', did_you_mean(name[1], known)
    return message, "known: " + ", ".join(known)
