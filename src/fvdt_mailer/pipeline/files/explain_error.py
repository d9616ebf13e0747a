"""What pydantic found, in sentences for who wrote the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fvdt_mailer.errors import Problem, did_you_mean
from fvdt_mailer.model.activity import Activity, LinkKind
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.folder import KeyPath, Origin
from fvdt_mailer.model.moment import Moment
from fvdt_mailer.pipeline.files.build_tree import dotted
from fvdt_mailer.pipeline.files.find_field import Place, find_field, keys

SHORT_FORMS = ("cluster", "organiser", *(kind.value for kind in LinkKind))

Written: TypeAlias = Callable[[KeyPath], KeyPath]

_LONGEST = 60
_SMALL = "use small letters, digits and single hyphens, such as nieuwe-materialen"
_WEB = "write a web address such as https://example.org/page"
_COLOUR = 'write a colour as "#0b6e8f", in quotes'
_REFERENCE = "write where it is: env:FVDT_PASSWORD or file:/path/to/it"
_HOST = "write letters, digits, hyphens and dots, such as example.org"
_FONT = "write font names with commas between, such as Georgia, serif"
_SERVER = "write smtps://user@host:465 or smtp://user@host:587, without the password"
_SHAPES: Mapping[str, str] = {
    **dict.fromkeys(("id", "clusters"), _SMALL),
    **dict.fromkeys(("url", "website", "privacy_url", "public_url", "logo"), _WEB),
    **dict.fromkeys(("colour", "accent", "ink", "muted", "paper", "canvas"), _COLOUR),
    **dict.fromkeys(("password", "key"), _REFERENCE),
    **dict.fromkeys(("domain", "selector"), _HOST),
    **dict.fromkeys(("font", "body_font"), _FONT),
    "smtp.url": _SERVER,
    "dkim": "write smarthost when your server signs, or the keys domain, selector and key",
}
# The words people reach for first, in the languages of those who write these files.
_MEANT: Mapping[str, str] = {
    **dict.fromkeys(("datum", "uur", "date", "time", "when", "begin", "van"), "start"),
    **dict.fromkeys(("einde", "until", "tot"), "end"),
    **dict.fromkeys(("titel", "titre"), "title"),
    **dict.fromkeys(("onderwerp", "sujet", "about"), "topic"),
    **dict.fromkeys(("tekst", "texte", "description", "beschrijving", "body"), "text"),
    **dict.fromkeys(("soort", "type"), "kind"),
    **dict.fromkeys(("gemeente", "city", "town", "stad", "commune"), "municipality"),
    **dict.fromkeys(("plaats", "location", "locatie", "place", "zaal"), "venue"),
    **dict.fromkeys(("adres", "street", "straat"), "address"),
    **dict.fromkeys(("prijs", "prix"), "price"),
    **dict.fromkeys(("organisator", "organizer", "organizers", "organisatoren"), "organisers"),
    **dict.fromkeys(("spreker", "sprekers", "speaker"), "speakers"),
    **dict.fromkeys(("inschrijven", "inschrijving", "register"), "registration"),
    **dict.fromkeys(("link", "website", "meer-info"), "info"),
    **dict.fromkeys(("taal", "lang"), "language"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """One finding of pydantic, and the place it is about."""

    place: Place
    key: str
    value: object
    context: Mapping[str, object]


_Sentence: TypeAlias = tuple[str, str, str]


def explain_error(
    error: ValidationError,
    *,
    model: type[BaseModel],
    origin: Origin,
    written: Written = lambda path: path,
) -> tuple[Problem, ...]:
    """A problem for each error; `written` turns a path of the model into that of the file."""
    return tuple(
        _problem(details, model=model, origin=origin, written=written)
        for details in error.errors(include_url=False)
        if not _is_other_branch(details, model)
    )


def known_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """What a person may write in this model, short forms included."""
    if model is Activity:
        return (*keys(model), *SHORT_FORMS)
    return tuple(key for key in keys(model) if model is not Campaign or key != "id")


def _is_other_branch(details: ErrorDetails, model: type[BaseModel]) -> bool:
    """True for the branch of a union that the person evidently did not mean."""
    if details["type"] == "literal_error":
        return isinstance(details["input"], Mapping)
    place = find_field(model, details["loc"])
    return details["type"] == "model_type" and len(place.path) < len(details["loc"])


def _problem(
    details: ErrorDetails, *, model: type[BaseModel], origin: Origin, written: Written
) -> Problem:
    place = find_field(model, details["loc"])
    path = written(place.path)
    context = details.get("ctx") or {}
    fault = _Fault(place=place, key=dotted(path), value=details["input"], context=context)
    sentence = _SENTENCES.get(details["type"], _unfit)
    rule, text, hint = sentence(fault)
    return Problem(
        rule=rule, file=origin.file, line=origin.line(*path), key=fault.key, text=text, hint=hint
    )


def _missing(fault: _Fault) -> _Sentence:
    return "missing-key", "this key is missing", _about("add it", fault.place)


def _unknown(fault: _Fault) -> _Sentence:
    key = str(fault.place.path[-1])
    known = known_keys(fault.place.owner) if fault.place.owner else ()
    meant = _MEANT.get(key.casefold())
    hint = f'did you mean "{meant}"?' if meant in known else did_you_mean(key, known)
    return "unknown-key", "unknown key", hint


def _choice(fault: _Fault) -> _Sentence:
    words = [str(word.value) for word in fault.place.enum or ()]
    if not isinstance(fault.value, str):
        return "wrong-type", "expected a single word", did_you_mean("", words)
    return "bad-value", f'unknown value "{_short(fault.value)}"', did_you_mean(fault.value, words)


def _constant(fault: _Fault) -> _Sentence:
    return "bad-value", "this value does not fit here", _shape(fault)


def _text(fault: _Fault) -> _Sentence:
    if isinstance(fault.value, Mapping):
        hint = 'put the value in quotes when it holds ": " or starts with "{"'
        return "wrong-type", "expected text, and found keys", hint
    if isinstance(fault.value, Sequence):
        return "wrong-type", "expected text, and found a list", "write a single value"
    return "wrong-type", "expected text", _about("write", fault.place)


def _list(_: _Fault) -> _Sentence:
    return "wrong-type", "expected a list", 'start each item with "- ", or write [one, two]'


def _keys(fault: _Fault) -> _Sentence:
    model = fault.place.model
    hint = "write its keys on the lines below it, indented"
    if model is not None:
        hint += ": " + ", ".join(known_keys(model))
    return "wrong-type", "expected keys with values", hint


def _empty(fault: _Fault) -> _Sentence:
    return "bad-value", "nothing is filled in", _about("write", fault.place)


def _too_long(fault: _Fault) -> _Sentence:
    most = fault.context.get("max_length")
    return "bad-value", f"longer than {most} characters", "make it shorter"


def _shape_mismatch(fault: _Fault) -> _Sentence:
    if _shape(fault) == _REFERENCE:
        # The value may be a password: it is not repeated on a screen or in a log.
        return "secret-in-file", "a secret must not stand in this file", _REFERENCE
    if fault.place.model is not None:  # the shape asked for is that of the key itself
        return "bad-value", "this name cannot be used", _SMALL
    return "bad-value", "this is not written as expected", _shape(fault)


def _number(_: _Fault) -> _Sentence:
    return "wrong-type", "expected a whole number", "write digits only, such as 3"


def _too_small(fault: _Fault) -> _Sentence:
    return "bad-value", "this number is too small", f"write {fault.context.get('ge')} or more"


def _too_large(fault: _Fault) -> _Sentence:
    return "bad-value", "this number is too large", f"write {fault.context.get('le')} or less"


def _own_words(fault: _Fault) -> _Sentence:
    """Our models raise ValueError with `what is wrong; what to do`."""
    text, _, hint = str(fault.context.get("error", "")).partition("; ")
    if Moment in fault.place.types:
        return "bad-date", text, hint
    if text.startswith("expected"):
        return "wrong-type", text, hint
    return "bad-value", text, hint


def _unfit(fault: _Fault) -> _Sentence:
    return "bad-value", "this value does not fit here", _about("write", fault.place)


def _shape(fault: _Fault) -> str:
    field = dotted(fault.place.path)
    by_path = _SHAPES.get(field)
    return by_path or _SHAPES.get(field.rpartition(".")[2], _about("write", fault.place))


def _about(verb: str, place: Place) -> str:
    words = place.description.rstrip(".")
    if not words:
        return ""
    first = words[0] if words[:2].isupper() else words[0].lower()
    return f"{verb}: {first}{words[1:]}"


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"


_SENTENCES: Mapping[str, Callable[[_Fault], _Sentence]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "enum": _choice,
    "literal_error": _constant,
    "string_type": _text,
    "tuple_type": _list,
    "dict_type": _keys,
    "model_type": _keys,
    "too_short": _empty,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _shape_mismatch,
    "int_type": _number,
    "int_parsing": _number,
    "int_parsing_size": _number,
    "int_from_float": _number,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
    "value_error": _own_words,
}
