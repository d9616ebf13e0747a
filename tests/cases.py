"""An edition as a check of its words gets to see it: its letters, and no page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.folder import Picture
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.pipeline.segment import key_for
from fvdt_mailer.pipeline.select import select
from pages import case_of
from world import NOW, PROJECT, activity, campaign, folder

Look = Callable[[Case], Iterable[Problem]]


def case(
    *activities: Activity,
    languages: tuple[Language, ...] = (Language.NL,),
    project: Project = PROJECT,
    pictures: Mapping[str, Picture] | None = None,
    **fields: object,
) -> Case:
    """The June campaign over these activities, with a letter of all clusters in each language."""
    recipe = campaign(**fields)
    world = folder(activities=activities, campaigns=[recipe], project=project)
    world = replace(world, pictures=pictures or {})
    edition = select(world, recipe, now=NOW)
    keys = (key_for(edition, (), language) for language in languages)
    letters = tuple(phrase(edition, key) for key in keys) if edition.telling else ()
    return replace(case_of(edition=edition, world=world), letters=letters)


def told(text: object, **fields: object) -> Activity:
    """The one activity of a case, in these words."""
    return activity("x", "voeding", "2013-06-17", text=text, **fields)


def rules(look: Look, looked_at: Case) -> list[str]:
    """The rules of what a check finds."""
    return [problem.rule for problem in look(looked_at)]


def sayings(look: Look, looked_at: Case) -> list[str]:
    """What a check finds, as it is printed behind its place."""
    return [f"{problem.text}; {problem.hint}" for problem in look(looked_at)]
