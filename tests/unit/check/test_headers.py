"""What an inbox shows of a mail, who it is from, and the header that receivers parse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases import case, rules, sayings, told
from fvdt_mailer.errors import Severity
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.mail.headers import malformed_headers
from fvdt_mailer.pipeline.check.mail.inbox import weak_preheaders, weak_subjects
from fvdt_mailer.pipeline.check.mail.sender import weak_sender
from pages import case_of
from world import PROJECT, activity, edition, folder

KEY = {"domain": "example.org", "selector": "a", "key": "env:K"}


def settings(**fields: object) -> Project:
    """The settings of the world with these."""
    return Project.model_validate(PROJECT.model_dump(by_alias=True, mode="json") | fields)


def sent_by(**sender: str) -> Case:
    return case(told("Kom."), project=settings(sender=sender))


@pytest.mark.parametrize(
    ("subject", "rule"),
    [
        ("x" * 61, "long-subject"),
        ("NIEUWS VAN JUNI", "loud-subject"),
        ("Kom nu!!", "loud-subject"),
        ("Kom je ook?!", "loud-subject"),
        ("🎉 🎉", "wordless-subject"),
        ("Re: uw vraag", "reply-subject"),
        ("FW: agenda", "reply-subject"),
    ],
)
def test_a_weak_subject_is_questioned_where_it_is_written(subject: str, rule: str) -> None:
    (problem,) = weak_subjects(case(told("Kom."), subject=subject))
    assert (problem.rule, problem.key, problem.severity) == (rule, "subject", Severity.WARNING)


@pytest.mark.parametrize(
    "subject",
    ["x" * 60, "VKC", "Kom naar het VKC!", "Komt u?", "🎉 Feest", "Recept: soep", "Agenda: juni"],
)
def test_a_sound_subject_is_left_alone(subject: str) -> None:
    assert rules(weak_subjects, case(told("Kom."), subject=subject)) == []


def test_a_headline_is_the_subject_when_no_other_is_written() -> None:
    (problem,) = weak_subjects(case(told("Kom."), headline="x" * 61))
    assert (problem.key, problem.hint) == (
        "headline",
        'write a shorter "subject" beside the headline',
    )
    assert rules(weak_subjects, case(told("Kom."), headline="x" * 61, subject="Juni")) == []


def test_the_subject_is_looked_at_in_every_language() -> None:
    assert rules(weak_subjects, case(told("Kom."), subject={"nl": "Juni", "fr": "JUIN!!"})) == [
        "loud-subject"
    ]


GOOD = "Bezoek aan het VKC en een lezing over materialen"


@pytest.mark.parametrize(
    ("preheader", "rule"),
    [
        (GOOD, []),
        ("x" * 39, ["preheader-length"]),
        ("x" * 101, ["preheader-length"]),
        ("Alle activiteiten van juni 2013 in uw clusters.", ["preheader-again"]),
        ("Welkom in de nieuwsbrief van onze fabrieken!", ["preheader-again"]),
    ],
)
def test_a_preheader_has_its_length_and_says_something_else(
    preheader: str, rule: list[str]
) -> None:
    looked_at = case(
        told("Kom."),
        preheader=preheader,
        subject="Alle activiteiten van juni 2013 in uw clusters",
        intro="Welkom in de nieuwsbrief van onze fabrieken. Lees verder.",
    )
    assert rules(weak_preheaders, looked_at) == rule


def test_a_preheader_made_from_the_activities_is_only_noted() -> None:
    (problem,) = weak_preheaders(case(told("Kom.", title="Zee")))
    assert (problem.rule, problem.severity) == ("weak-preheader", Severity.NOTE)
    assert "3 characters" in problem.text


def test_a_preheader_that_repeats_the_subject_is_noted() -> None:
    title = "Een lezing over de schatten van de Noordzee"
    (said,) = sayings(weak_preheaders, case(told("Kom.", title=title), subject=title + "!"))
    assert said.startswith(f'the line behind the subject repeats it: "{title}"')


def test_an_edition_with_nothing_to_come_has_no_preheader_of_its_own() -> None:
    past = activity("p", "voeding", "2013-05-30", text_past="Mooi.")
    (said,) = sayings(weak_preheaders, case(past))
    assert said.startswith("no activity is to come")


def test_a_preheader_of_two_activities_is_long_enough() -> None:
    title = "Een lezing over de schatten van de Noordzee"
    assert list(weak_preheaders(case(told("Kom.", title=title)))) == []


@pytest.mark.parametrize(
    ("sender", "rule"),
    [
        ({"from": "Fabrieken <nieuws@example.org>"}, []),
        ({"from": "nieuws@example.org"}, ["sender-name"]),
        ({"from": "nieuws@pom <nieuws@example.org>"}, ["sender-name"]),
        ({"from": "Fabrieken <noreply@example.org>"}, ["no-reply"]),
        ({"from": "F <x@example.org>", "reply_to": "no-reply@example.org"}, ["no-reply"]),
        ({"from": "F <x@example.org>", "reply_to": "niet_beantwoorden@example.org"}, ["no-reply"]),
        ({"from": "F <x@example.org>", "bounces": "b@bounces.example.org"}, []),
        ({"from": "F <x@example.org>", "bounces": "b@example.com"}, ["bounce-domain"]),
        ({"from": "F <x@gmail.com>"}, ["freemail-sender", "placeholder-sender"]),
        ({"from": "F <x@telenet.be>"}, ["freemail-sender", "placeholder-sender"]),
    ],
)
def test_a_weak_sender_is_questioned(sender: dict[str, str], rule: list[str]) -> None:
    assert sorted(rules(weak_sender, sent_by(**sender))) == rule


def test_a_provider_that_sends_its_own_mail_is_trusted() -> None:
    sender = {"from": "F <x@telenet.be>"}
    project = settings(sender=sender, smtp={"url": "smtps://f@smtp.telenet.be:465"})
    assert "freemail-sender" not in rules(weak_sender, case(told("Kom."), project=project))


def test_an_address_of_the_example_in_a_real_project_stops_the_send() -> None:
    project = settings(
        public_url="https://nieuws.fabriek.voorbeeld",
        sender={"from": "F <x@fabriek.voorbeeld>", "bounces": "b@example.org"},
    )
    found = {p.key: p.severity for p in weak_sender(case(told("Kom."), project=project))}
    assert found["sender.bounces"] is Severity.ERROR
    assert found["organisation.email"] is Severity.ERROR


def test_a_public_address_without_https_has_no_one_click() -> None:
    (problem,) = weak_sender(
        case(told("Kom."), project=settings(public_url="http://news.example.org"))
    )
    assert (problem.rule, problem.key) == ("no-one-click", "public_url")


@pytest.mark.parametrize(
    ("domain", "is_questioned"),
    [("example.org", False), ("mail.example.org", False), ("example.net", True)],
)
def test_a_signature_of_another_domain_is_questioned(domain: str, *, is_questioned: bool) -> None:
    signed = case(told("Kom."), project=settings(dkim={**KEY, "domain": domain}))
    found = [problem.rule for problem in weak_sender(signed)]
    assert ("signing-domain" in found) is is_questioned


def mailed(**fields: object) -> Case:
    """The case of one mail of a project with these settings."""
    told_of = edition()
    project = settings(**fields)
    return case_of(
        "<p>Hallo</p>", edition=replace(told_of, project=project), world=folder(project=project)
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"dkim": "smarthost"},
        {"dkim": "smarthost", "public_url": "http://news.example.org"},
        {"name": "Ἐργοστάσια \u202e„x”, <y>", "public_url": "https://één.example.org/" + "x" * 170},
    ],
)
def test_the_headers_of_our_own_mails_are_read_as_they_are_meant(
    fields: dict[str, object],
) -> None:
    assert list(malformed_headers(mailed(**fields))) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"Date: ", b"X-Date: ", "0 Date headers"),
        (b"Date: Sat", b"Date: Zat, 32", "cannot read the Date header"),
        (b"From: ", b"From: x@example.org, ", "cannot read the From header"),
        (b"Subject: ", b"Subject: a\r\nSubject: ", "2 Subject headers"),
        (b"Message-ID: <", b"Message-ID: ", "cannot read the Message-ID header"),
        (b"List-Id: ", b"List-Id: =?utf-8?q?x?= ", "cannot read the List-Id header"),
        (b"List-Unsubscribe: <", b"List-Unsubscribe: =?utf-8?q?", "List-Unsubscribe header"),
        (b"MIME-Version: ", b"List-Unsubscribe-Post: x\r\nMIME-Version: ", "goes with signed"),
        (b"Subject: ", b"X: " + b"x" * 999 + b"\r\nSubject: ", "more than 998 bytes"),
        (b'text/plain; charset="utf-8"', b"text/plain", "does not say it is UTF-8"),
    ],
)
def test_a_header_that_receivers_cannot_read_is_an_error(
    old: bytes, new: bytes, words: str
) -> None:
    looked_at = mailed()
    (page,) = looked_at.pages
    mail = page.mail.replace(old, new, 1)
    assert mail != page.mail
    (problem,) = malformed_headers(replace(looked_at, pages=(replace(page, mail=mail),)))
    assert problem.is_error
    assert words in problem.text
