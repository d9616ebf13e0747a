"""Who reads with what is written in mailer.yaml, and told in sentences when it is wrong."""

from __future__ import annotations

import pytest

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.mix import USUAL_MIX
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.support import Client
from fvdt_mailer.pipeline.files.parse import parse_project
from fvdt_mailer.pipeline.files.read_yaml import read
from world import PROJECT

SETTINGS = """\
name: Fabrieken
public_url: https://news.example.org
organisation:
  name: Agentschap
  address: Straat 1, 8000 Brugge
  email: info@example.org
  website: https://www.example.org/
  privacy_url: https://www.example.org/privacy
sender: {from: Fabrieken <news@example.org>}
clusters:
  voeding: {heading: Voeding, name: voeding}
"""


def parsed(clients: str) -> tuple[Project | None, tuple[Problem, ...]]:
    tree, origin, _ = read(f"{SETTINGS}clients:{clients}\n", file="mailer.yaml")
    return parse_project(tree, origin)


def test_a_mix_is_a_share_for_each_program() -> None:
    project, problems = parsed(" {outlook-windows: 40, gmail-web: 12.5, thunderbird: 3%}")
    assert problems == ()
    assert project is not None
    assert project.clients == {
        Client.OUTLOOK_WINDOWS: 40,
        Client.GMAIL_WEB: 12.5,
        Client.THUNDERBIRD: 3,
    }


def test_without_a_mix_the_usual_one_is_assumed() -> None:
    assert PROJECT.clients == USUAL_MIX
    assert sum(USUAL_MIX.values()) == 100


NUMBER = "expected a number; write a share such as 35 or 12.5"


@pytest.mark.parametrize(
    ("client", "weight", "said"),
    [
        ("outlok-windows", "4", 'unknown mail program; did you mean "outlook-windows"?'),
        ("gmail-web", "veel", NUMBER),
        ("gmail-web", "-3", NUMBER),
        ("gmail-web", "0", "nobody has this program; leave it out"),
    ],
)
def test_a_mistake_in_the_mix_says_what_to_do(client: str, weight: str, said: str) -> None:
    project, (problem,) = parsed(f"\n  {client}: {weight}")
    assert project is None
    assert str(problem) == f"mailer.yaml:13: clients.{client}: {said}"


def test_a_mix_of_nobody_is_refused() -> None:
    _, (problem,) = parsed(" {}")
    assert (problem.key, problem.text) == ("clients", "nothing is filled in")


@pytest.mark.parametrize("client", list(Client))
def test_every_program_has_a_name_for_a_sentence(client: Client) -> None:
    assert client.full_name
