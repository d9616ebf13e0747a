"""A closed Jinja environment: templates can only put words in place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import BaseLoader, StrictUndefined, pass_context
from jinja2.environment import Environment
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.language import Localised, Written
from fvdt_mailer.model.letter import Closing
from fvdt_mailer.pipeline.layout.colour import legible, mix
from fvdt_mailer.pipeline.layout.prose import to_html, to_text
from fvdt_mailer.pipeline.layout.wrap import item, underlined, wrap
from fvdt_mailer.pipeline.phrases.catalogues import catalogue

_MOST_TURNS = 1000
_JINJA_FILTERS = (
    "default", "escape", "first", "join", "last", "length", "list", "lower", "map", "reject",
    "replace", "select", "string", "trim", "upper",
)  # fmt: skip


class _Loader(BaseLoader):
    """Loads from the templates that were read; no file is opened."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        del environment
        if template not in self._templates:
            raise TemplateNotFound(template)
        found = self._templates[template]
        return found.text, found.file, None


class ClosedJinja(ImmutableSandboxedEnvironment):
    """Nothing is callable but macros; nothing grows without bound."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, templates: Mapping[str, Template]) -> None:
        super().__init__(
            loader=_Loader(templates),
            undefined=StrictUndefined,
            autoescape=_is_escaped,
            finalize=_printable,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.globals = {"range": _turns}
        self.filters = {name: self.filters[name] for name in _JINJA_FILTERS} | {
            "accessible_name": _accessible_name,
            "about": _about,
            "capital": _capital,
            "item": cache(item),
            "legible": legible,
            "mix": mix,
            "plain": _plain,
            "prose": _prose,
            "line": _line,
            "written": _written,
            "quoted": _quoted,
            # Every letter says these again: what was worked out is kept as long as the templates.
            "text": cache(_text),
            "underlined": underlined,
            "wrap": cache(wrap),
        }

    def is_safe_callable(self, obj: object) -> bool:
        """True for macros and range alone: no method of a word or a noun is called."""
        # An undefined name is let through to say that it is undefined.
        return obj is _turns or isinstance(obj, Macro | BlockReference | LoopContext | Undefined)

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Sums of numbers; a repeated text could be as long as memory."""
        are_numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not are_numbers:
            raise SecurityError(f'"{operator}" is for small numbers only')
        return super().call_binop(context, operator, left, right)


def _is_escaped(name: str | None) -> bool:
    """Everything but texts and style sheets; a component switches it off for its text twin."""
    return name is not None and not name.endswith((".txt.j2", ".css"))


def _turns(*bounds: int) -> range:
    turns = range(*bounds)
    if len(turns) > _MOST_TURNS:
        raise SecurityError(f"a range has at most {_MOST_TURNS} turns")
    return turns


def _printable(value: object) -> object:
    match value:
        case Written():
            return _line(value)
        case str() | int() | Undefined():
            return value
        case _:
            raise TypeError(f"a {type(value).__name__} cannot be printed; print one of its fields")


@pass_context
def _written(context: Context, text: Localised) -> Written:
    return text.written(context["language"], context["project_language"])


@pass_context
def _prose(context: Context, written: Written) -> Markup:
    # Links in prose are styled, and turn light in the dark, as any other.
    html = to_html(written.text).replace("<a ", Markup('<a class="link" '))
    return _spoken(context, written, html)


@pass_context
def _plain(context: Context, written: Written) -> Markup:
    return _spoken(context, written, escape(_line(written)))


@pass_context
def _quoted(context: Context, written: Written) -> str:
    """A heading in the quotation marks of its language."""
    quoted = catalogue(written.language).quoted(_line(written))
    return _spoken(context, written, escape(quoted)) if context.eval_ctx.autoescape else quoted


def _spoken(context: Context, written: Written, html: Markup) -> Markup:
    if written.language == context["language"]:
        return html
    # WCAG 2.2, success criterion 3.1.2: say where another language is spoken.
    return Markup('<span lang="{}">{}</span>').format(written.language, html)


def _line(written: Written) -> str:
    return " ".join(written.text.split())


def _text(written: Written) -> str:
    return to_text(written.text)


@pass_context
def _accessible_name(context: Context, closing: Closing) -> str:
    return _about(context, closing.sentence.text.rstrip(" .!"), closing.subject)


@pass_context
def _about(context: Context, label: str, written: Written) -> str:
    """`Zet in uw agenda: bezoek aan het VKC`, for who hears links alone (WCAG 2.4.4)."""
    return f"{label}{catalogue(context['language']).words.colon}{_line(written)}"


def _capital(words: Written | str) -> Written | str:
    if isinstance(words, str):
        return words[:1].upper() + words[1:]
    return Written(words.text[:1].upper() + words.text[1:], words.language)
