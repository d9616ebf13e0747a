"""The field of a model that an error, or a key in a file, is about."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from fvdt_mailer.model.folder import KeyPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file something stands: its path, what belongs there, and which model asks."""

    path: KeyPath
    annotation: object
    owner: type[BaseModel] | None = None
    description: str = ""

    @property
    def model(self) -> type[BaseModel] | None:
        """The model that is written at this place, if it is one."""
        return next((member for member in self.types if issubclass(member, BaseModel)), None)

    @property
    def enum(self) -> type[Enum] | None:
        """The enumeration whose words are written at this place, if it is one."""
        return next((member for member in self.types if issubclass(member, Enum)), None)

    @property
    def types(self) -> tuple[type, ...]:
        """The classes whose values may stand at this place."""
        return tuple(member for member in _members(self.annotation) if isinstance(member, type))


def find_field(model: type[BaseModel], loc: Sequence[str | int]) -> Place:
    """The place that a pydantic `loc` means, without what pydantic itself adds to the path."""
    place = Place(path=(), annotation=model)
    for segment in loc:
        place = _step(place, segment)
    return place


def keys(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a person can write for this model."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _step(place: Place, segment: str | int) -> Place:
    members = _members(place.annotation)
    chosen = [m for m in members if len(members) > 1 and _label(m) == segment]
    if chosen:  # pydantic names the member of a union it tried; the file does not
        return Place(path=place.path, annotation=chosen[0], owner=place.owner)
    if segment == "[key]":
        return place
    path = (*place.path, segment)
    if place.model is not None:
        field = _field(place.model, segment)
        if field is None:
            return Place(path=path, annotation=None, owner=place.model)
        return Place(
            path=path,
            annotation=field.annotation,
            owner=place.model,
            description=field.description or "",
        )
    return Place(path=path, annotation=_inside(members), owner=place.owner)


def _field(model: type[BaseModel], segment: str | int) -> FieldInfo | None:
    fields = model.model_fields.items()
    return next((field for name, field in fields if segment in {field.alias, name}), None)


def _inside(members: Sequence[object]) -> object:
    for member in members:
        origin, args = get_origin(member), get_args(member)
        if origin in {tuple, list} and args:
            return args[0]
        if origin in {dict, Mapping} and args:
            return args[1]
    return None


def _members(annotation: object) -> tuple[object, ...]:
    """What an annotation allows, apart from nothing."""
    if get_origin(annotation) is Annotated:
        return _members(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        return tuple(
            inner
            for member in get_args(annotation)
            if member is not type(None)
            for inner in _members(member)
        )
    return (annotation,)


def _label(member: object) -> str:
    if isinstance(member, type):
        return member.__name__
    return f"literal[{','.join(repr(value) for value in get_args(member))}]"
