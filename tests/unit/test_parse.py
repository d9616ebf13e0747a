from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.activity import Activity, LinkKind, Price, Status
from fvdt_mailer.model.campaign import Campaign, CampaignKind
from fvdt_mailer.model.folder import Origin
from fvdt_mailer.model.moment import Moment
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.files.build_tree import Tree
from fvdt_mailer.pipeline.files.explain_error import known_keys
from fvdt_mailer.pipeline.files.parse import parse_activities, parse_campaign, parse_project
from fvdt_mailer.pipeline.files.read_yaml import read

PROJECT = """\
name: Fabrieken
public_url: https://news.example.org
organisation:
  name: Agentschap
  address: Straat 1, 8000 Brugge
  email: info@example.org
  website: https://www.example.org
  privacy_url: https://www.example.org/privacy
sender: {from: Fabrieken <news@example.org>}
clusters:
  voeding: {heading: Voeding, name: voeding}
"""
ACTIVITY = "- cluster: voeding\n  start: 2013-06-17\n  text: Proef mee.\n"
CAMPAIGN = "headline: Juni\n"

# What pydantic would say: none of it is for a communications officer.
LEAKS = (
    *("input", "Input", "pydantic", "instance of", "dictionary", "tuple", "string", "pattern"),
    *("permitted", "literal", "Value error", "validation", "{'", "^", "[a-z", "Dkim", "NoneType"),
)


def project_of(text: str) -> tuple[Project | None, tuple[Problem, ...]]:
    tree, origin, problems = read(text, file="mailer.yaml")
    assert problems == ()
    return parse_project(tree, origin)


def activities_of(text: str) -> tuple[tuple[Activity, ...], tuple[Problem, ...]]:
    tree, origin, problems = read(text, file="a.yaml")
    assert problems == ()
    placed, problems = parse_activities(tree, origin)
    return tuple(p.noun for p in placed), problems


def activity_of(text: str) -> Activity:
    (activity,), problems = activities_of(text)
    assert problems == ()
    return activity


def campaign_of(text: str, name: str = "2013-06") -> tuple[Campaign | None, tuple[Problem, ...]]:
    tree, origin, problems = read(text, file=f"campaigns/{name}.yaml")
    assert problems == ()
    return parse_campaign(tree, origin, name)


def said(problems: tuple[Problem, ...]) -> list[str]:
    return [str(problem) for problem in problems]


def test_a_right_file_of_each_kind_has_no_problems() -> None:
    project, none = project_of(PROJECT)
    campaign, nothing = campaign_of(CAMPAIGN)
    assert (none, nothing) == ((), ())
    assert project is not None
    assert list(project.clusters) == ["voeding"]
    assert campaign is not None
    assert (campaign.id, str(campaign.headline)) == ("2013-06", "Juni")
    assert activity_of(ACTIVITY).start == Moment.parse("2013-06-17")


def test_the_ten_lines_an_editor_writes_are_an_activity() -> None:
    activity = activity_of("""\
- cluster: voeding
  start: 2013-06-17 14:00
  end: 2013-06-17 17:00
  kind: seminarie
  topic: voedingscertificaten
  organiser: Voka
  municipality: Kortrijk
  price: gratis
  online: nee
  info: https://example.org/certificaten
""")
    assert activity.id == "voeding-2013-06-17-voedingscertificaten"
    assert (activity.clusters, activity.organisers) == (("voeding",), ("Voka",))
    assert str(activity.end) == "2013-06-17 17:00"
    assert activity.price == Price(amount=Decimal(0))
    assert [(link.kind, link.url) for link in activity.links] == [
        (LinkKind.INFO, "https://example.org/certificaten")
    ]
    assert activity.online is False


def test_a_phone_number_and_a_version_keep_every_digit() -> None:
    project, problems = project_of(PROJECT.replace("  website", "  phone: 0476123456\n  website"))
    assert problems == ()
    assert project is not None
    assert project.organisation.phone == "0476123456"
    assert str(activity_of(ACTIVITY + "  title: 1.10\n").title) == "1.10"


@pytest.mark.parametrize("word", ["true", "yes", "ja", "oui", "Ja", "TRUE"])
def test_yes_is_understood_in_four_languages(word: str) -> None:
    assert activity_of(ACTIVITY + f"  online: {word}\n").online is True


@pytest.mark.parametrize("word", ["false", "no", "nee", "non", "Nee"])
def test_no_is_understood_in_four_languages(word: str) -> None:
    assert activity_of(ACTIVITY + f"  save_the_date: {word}\n").save_the_date is False


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("gratis", Price(amount=Decimal(0))),
        ("0", Price(amount=Decimal(0))),
        ("25", Price(amount=Decimal(25))),
        ("12,50", Price(amount=Decimal("12.50"))),
        ("€ 12.50", Price(amount=Decimal("12.50"))),
        ("25 euro", Price(amount=Decimal(25))),
        ("25 euro, leden gratis", Price(words="25 euro, leden gratis")),
    ],
)
def test_a_price_is_an_amount_or_words(written: str, price: Price) -> None:
    assert activity_of(ACTIVITY + f"  price: {written}\n").price == price


def test_short_forms_and_written_links_stand_side_by_side() -> None:
    activity = activity_of(
        ACTIVITY
        + "  links: [{kind: report, url: https://example.org/r}]\n"
        + "  photos: https://example.org/p\n  info: https://example.org/i\n"
    )
    assert [link.kind.value for link in activity.links] == ["report", "info", "photos"]


@pytest.mark.parametrize(
    ("fields", "activity_id"),
    [
        ("title: Één dag in het Windlab!", "voeding-2013-06-17-een-dag-in-het-windlab"),
        ("topic: energie uit golven", "voeding-2013-06-17-energie-uit-golven"),
        ("title: A\n  topic: B", "voeding-2013-06-17-a"),
        ("kind: lezing\n  municipality: Œdelem", "voeding-2013-06-17-lezing-oedelem"),
        ("kind: lezing", "voeding-2013-06-17-lezing"),
        ("organisers: [Voka, Unizo]", "voeding-2013-06-17-voka"),
        ("title: {nl: Strøm & straße, en: x}", "voeding-2013-06-17-strom-strasse"),
        ("title: 講演", "voeding-2013-06-17"),
        ("title: x\n  id: eigen-naam", "eigen-naam"),
        ("source: mail", "voeding-2013-06-17"),
    ],
)
def test_an_activity_without_an_id_is_named_for_cluster_date_and_subject(
    fields: str, activity_id: str
) -> None:
    assert activity_of(f"{ACTIVITY}  {fields}\n").id == activity_id


def test_a_long_id_ends_at_a_whole_word() -> None:
    name = activity_of(ACTIVITY + "  title: " + "zeventien " * 12).id
    assert len(name) <= 80
    assert name.endswith("-zeventien")


PROJECT_SLIPS = [
    ("name: Fabrieken", "nmae: Fabrieken", 'nmae: unknown key; did you mean "name"?'),
    ("name: Fabrieken", "name:", "name: this key is missing; add it: name of the newsletter"),
    ("name: Fabrieken", "name: ''", "name: nothing is filled in; write: name of the newsletter"),
    ("name: Fabrieken", "name: [x]", "name: expected text, and found a list; write a single"),
    (
        "name: Fabrieken",
        "name: {x: y}",
        'name: expected text, and found keys; put the value in quotes when it holds ": "',
    ),
    ("sender: {from", "sender: {frm", 'sender.frm: unknown key; did you mean "from"?'),
    (
        "news@example.org",
        "news.example.org",
        'sender.from: "news.example.org" is not an e-mail address',
    ),
    ("https://news.example.org", "news.example.org", "public_url: this is not written as expected"),
    ("https://www.example.org\n", "https://a:b@example.org\n", "organisation.website: this is not"),
    ("voeding: {", "Voeding!: {", "clusters.Voeding!: this name cannot be used; use small letters"),
    (", name: voeding", "", "clusters.voeding.name: this key is missing; add it: its name in"),
    (", name: voeding", ", name: voeding, colour: rood", "clusters.voeding.colour: this is not"),
    (
        "voeding: {heading: Voeding, name: voeding}",
        "voeding: ja",
        (
            "clusters.voeding: expected keys with values; write its keys on the lines below it, "
            "indented: heading, name, colour, aliases"
        ),
    ),
    (
        "name: Agentschap",
        "name: x\n  enterprise_number: 0123.456.789",
        'organisation.enterprise_number: "0123.456.789" is not a Belgian enterprise number',
    ),
]


@pytest.mark.parametrize(("right", "wrong", "message"), PROJECT_SLIPS)
def test_a_slip_in_the_settings_is_told_in_plain_words(
    right: str, wrong: str, message: str
) -> None:
    assert PROJECT.count(right) == 1
    text = PROJECT.replace(right, wrong)
    line = PROJECT[: PROJECT.index(right)].count("\n") + 1 + wrong.rstrip("\n").count("\n")
    project, problems = project_of(text)
    assert project is None
    assert any(text.startswith(f"mailer.yaml:{line}: {message}") for text in said(problems)), said(
        problems
    )


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("language: nederlands", 'language: unknown value "nederlands"; known: nl, fr, en'),
        ("language: n", 'language: unknown value "n"; did you mean "nl"?'),
        (
            "timezone: Brussel",
            'timezone: unknown time zone "Brussel"; write a name such as Europe/Brussels',
        ),
        ("timezone: Europe", 'timezone: unknown time zone "Europe"; write a name such as Europe/'),
        ("organisers: [Voka]", "organisers: expected keys with values; write its keys on the"),
        ("test_readers: {a: b}", "test_readers: expected a list; start each item with"),
        ("test_readers: [a]", 'test_readers: "a" is not an e-mail address'),
        ("dkim: ja", "dkim: this value does not fit here; write smarthost when your server signs"),
        ("dkim: [a]", "dkim: this value does not fit here; write smarthost when your server"),
        (
            "dkim: {domain: x.org, selector: s}",
            "dkim.key: this key is missing; add it: the private key (PEM): env:NAME or file:PATH",
        ),
        ("smtp: {url: smtps://h:465, connections: veel}", "smtp.connections: expected a whole"),
        ("smtp: {url: smtps://h:465, connections: 0}", "smtp.connections: this number is too "),
        ("smtp: {url: smtps://h:465, connections: 999}", "smtp.connections: this number is too "),
        ("smtp: {url: smtps://h:465, rate: 5}", 'smtp.rate: "5" is not a rate; write 50/s'),
        ("smtp: {url: smtps://h:465, security: tsl}", 'smtp.security: unknown value "tsl"; did '),
        ("smtp: smtps://h:465", "smtp: expected keys with values; write its keys on the lines"),
        ("theme: {font: 'x; y'}", "theme.font: this is not written as expected; write font names"),
        ("store: mysql", "store: unknown store; write sqlite, or env:DATABASE_URL for a database"),
    ],
)
def test_a_wrong_setting_is_one_problem_in_plain_words(added: str, message: str) -> None:
    project, problems = project_of(PROJECT + added + "\n")
    assert project is None
    (text,) = said(problems)
    assert text.startswith(f"mailer.yaml:{PROJECT.count(chr(10)) + 1}: {message}")


@pytest.mark.parametrize(
    "added",
    [
        "smtp: {url: smtps://h:465, password: hunter2}",
        "smtp: {url: 'smtps://me:hunter2@h:465'}",
        "dkim: {domain: example.org, selector: s, key: hunter2}",
        "store: postgresql://me:hunter2@h/db",
    ],
)
def test_a_secret_in_the_file_is_refused_and_never_repeated(added: str) -> None:
    _, problems = project_of(PROJECT + added)
    (problem,) = problems
    assert "hunter2" not in repr(problem)
    assert "env:" in problem.hint or "without the password" in problem.hint


def test_a_password_in_the_file_is_told_where_it_belongs() -> None:
    _, problems = project_of(PROJECT + "smtp:\n  url: smtps://h:465\n  password: hunter2\n")
    assert said(problems) == [
        (
            "mailer.yaml:14: smtp.password: a secret must not stand in this file; "
            "write where it is: env:FVDT_PASSWORD or file:/path/to/it"
        )
    ]


@pytest.mark.parametrize(
    "reference", ["env:FVDT_SMTP_PASSWORD", "file:/run/secrets/smtp", "file:smtp.secret"]
)
def test_a_reference_to_a_secret_is_accepted(reference: str) -> None:
    project, problems = project_of(f"{PROJECT}smtp: {{url: smtps://h:465, password: {reference}}}")
    assert problems == ()
    assert project is not None
    assert project.smtp is not None
    assert project.smtp.password == reference


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        ("strat: x", ['a.yaml:4: strat: unknown key; did you mean "start"?']),
        ("organizer: x", ['a.yaml:4: organizer: unknown key; did you mean "organisers"?']),
        ("organisr: x", ['a.yaml:4: organisr: unknown key; did you mean "organiser"?']),
        ("registraton: x", ['a.yaml:4: registraton: unknown key; did you mean "registration"?']),
        ("gemeente: x", ['a.yaml:4: gemeente: unknown key; did you mean "municipality"?']),
        ("prijs: x", ['a.yaml:4: prijs: unknown key; did you mean "price"?']),
        ("status: afgelast", ["a.yaml:4: status: unknown value"]),
        ("status: canceled", ['unknown value "canceled"; did you mean "cancelled"?']),
        ("status: [draft]", ["a.yaml:4: status: expected a single word; known: draft, confirmed"]),
        ("online: misschien", ["a.yaml:4: online: expected yes or no; write one of the two"]),
        ("online: 1", ["a.yaml:4: online: expected yes or no; write one of the two"]),
        ("end: 17 juni", ['a.yaml:4: end: "17 juni" is not a date; write 2013-06-17, or 2013-06-']),
        ("end: 2013-06-31", ['a.yaml:4: end: "2013-06-31" is not a day of the calendar']),
        ("end: 2013-06-17 25:00", ["a.yaml:4: end:", "hours run from 00:00 to 23:59"]),
        ("end: [2013-06-17]", ["a.yaml:4: end: expected a date such as 2013-06-17"]),
        ("title: [x]", ["a.yaml:4: title: expected text, or text per language: {nl: ..., fr:"]),
        ("title: {de: x}", ['a.yaml:4: title: unknown language "de"; known: nl, fr, en']),
        ("title: ''", ["a.yaml:4: title: there is no text; write it, or leave the key out"]),
        ("title: {nl: ' '}", ["a.yaml:4: title: there is no text; write it, or leave the key"]),
        ("title: {}", ["a.yaml:4: title: expected text, or text per language"]),
        ("price: [x]", ['a.yaml:4: price: expected an amount such as 25 or 12,50, "gratis"']),
        ("id: Foo", ["a.yaml:4: id: this is not written as expected; use small letters, digits"]),
        ("id: -x", ["a.yaml:4: id: this is not written as expected; use small letters, digits"]),
        ("id: " + "x" * 81, ["a.yaml:4: id: longer than 80 characters; make it shorter"]),
        ("image: x.png", ["a.yaml:4: image: expected keys with values", "indented: file, alt"]),
        ("links: x", ['a.yaml:4: links: expected a list; start each item with "- "']),
        ("links: [x]", ["a.yaml:4: links: expected keys with values", "kind, url, label"]),
        ("links:\n  - {kind: foto, url: https://example.org}", ["a.yaml:5: links.kind: unknown"]),
        (
            "links:\n  - kind: info",
            ["a.yaml:5: links.url: this key is missing; add it: the addres"],
        ),
        ("info: www.example.org", ["a.yaml:4: info: this is not written as expected; write a web"]),
        ("photos: {a: b}", ["a.yaml:4: photos: expected text, and found keys"]),
        ("speakers: {a: b}", ["a.yaml:4: speakers: expected a list; start each item with"]),
        ("organiser: [a, [b]]", ["a.yaml:4: organiser: expected text, and found a list"]),
        ("address: [b]", ["a.yaml:4: address: expected text, and found a list"]),
    ],
)
def test_a_slip_in_an_activity_is_one_problem_in_plain_words(
    fields: str, messages: list[str]
) -> None:
    activities, problems = activities_of(f"{ACTIVITY}  {fields}\n")
    assert activities == ()
    (text,) = said(problems)
    assert all(message in text for message in messages), text
    assert not any(leak in text for leak in LEAKS), text


def test_a_link_by_its_short_form_is_blamed_at_its_own_line() -> None:
    text = ACTIVITY + "  links: [{kind: info, url: https://example.org}]\n  report: nee\n"
    _, (problem,) = activities_of(text)
    assert (problem.line, problem.key) == (5, "report")


@pytest.mark.parametrize("pair", [("cluster", "clusters"), ("organiser", "organisers")])
def test_a_name_in_both_its_forms_is_refused_once(pair: tuple[str, str]) -> None:
    singular, plural = pair
    base = "- start: 2013-06-17\n  text: x\n" + ("  cluster: v\n" if "org" in singular else "")
    _, problems = activities_of(f"{base}  {singular}: a\n  {plural}: [b]\n")
    (problem,) = problems
    assert (problem.rule, problem.key) == ("both-forms", singular)


def test_all_problems_of_all_activities_come_at_once_each_with_its_line() -> None:
    activities, problems = activities_of("""\
- cluster: voeding
  start: morgen
  strt: x
- zomaar
- cluster: voeding
  start: 2013-06-17
- cluster: voeding
  start: 2013-06-18
  text: goed
""")
    assert [activity.start.day.day for activity in activities] == [18]
    assert [(p.line, p.rule) for p in problems] == [
        (2, "bad-date"),
        (3, "unknown-key"),
        (1, "bad-value"),
        (4, "wrong-type"),
        (5, "bad-value"),
    ]
    words = 'needs "text", or "kind" with a "title" or a "topic"'
    assert [p.text for p in problems if p.rule == "bad-value"] == [words, words]


def test_the_words_are_not_missed_when_they_are_there_but_wrong() -> None:
    _, problems = activities_of("- cluster: voeding\n  start: 2013-06-17\n  text: [x]\n")
    assert [p.key for p in problems] == ["text"]


@pytest.mark.parametrize("text", ["cluster: voeding\nstart: 2013-06-17", "zomaar", "a: [b]"])
def test_a_file_of_activities_that_is_no_list_says_how_to_start_one(text: str) -> None:
    activities, (problem,) = activities_of(text)
    assert activities == ()
    assert str(problem).startswith("a.yaml:1: expected a list of activities; start each activity")


def test_a_file_without_activities_is_empty_and_right() -> None:
    assert activities_of("# nog niets\n") == ((), ())


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("headline: x\nid: y", ["c:2: id: unknown key; remove it: the name of the file is the id"]),
        ("intro: x", ["c:1: headline: this key is missing; add it: the words at the top of the"]),
        ("headline: x\nas_of: nu", ['c:2: as_of: "nu" is not a date; write 2013-06-17']),
        ("headline: x\nwindow: juni", ["c:2: window: expected keys with values", "from, to"]),
        ("headline: x\nwindow:\n  form: 2013-06-01", ["c:3: window.form: unknown key; did you me"]),
        ("headline: x\nwindow: {from: 1}", ['c:2: window.from: "1" is not a date; write 2013-06']),
        ("headline: x\nkind: brief", ['c:2: kind: unknown value "brief"; known: newsletter, ann']),
        ("headline: x\nlayout: card", ['c:2: layout: unknown value "card"; did you mean "cards"?']),
        ("headline: x\nintro:\n- a\n- [b]", ["c:4: intro: expected text, or text per language"]),
        ("headline: x\npick: {limit_per_cluster: 0}", ["c:2: pick.limit_per_cluster: this number"]),
        ("headline: x\npick: {limit_per_cluster: a}", ["pick.limit_per_cluster: expected a whole"]),
        ("headline: x\naudience: {languages: nl-BE}", ["c:2: audience.languages: unknown value"]),
        ("headline: x\nkind: announcement", ['c:1: an announcement needs "activity": the id of']),
        ("headline: x\nactivity: y", ['c:1: "activity" belongs to `kind: announcement`']),
        ("headline: x\nnothing_upcoming: fallback", ["c:1: `nothing_upcoming: fallback` needs"]),
        ("kop", ["c:1: expected keys with values; write key: value on each line, with a space"]),
        ("", ['c: the file is empty; run "fvdt-mailer init" in an empty folder to see an example']),
    ],
)
def test_a_slip_in_a_campaign_is_one_problem_in_plain_words(text: str, messages: list[str]) -> None:
    campaign, problems = campaign_of(text)
    assert campaign is None
    (told,) = said(problems)
    told = told.replace("campaigns/2013-06.yaml", "c")
    assert all(message in told for message in messages), told
    assert not any(leak in told for leak in LEAKS), told


def test_what_does_not_fit_together_is_told_beside_the_other_slips() -> None:
    _, problems = campaign_of("kind: announcement\nas_of: nu\n")
    assert [p.rule for p in problems] == ["bad-date", "missing-key", "bad-value"]
    assert "an announcement needs" in problems[-1].text


@pytest.mark.parametrize("name", ["2013-06", "juni", "a-1"])
def test_a_campaign_is_named_for_its_file(name: str) -> None:
    campaign, problems = campaign_of(CAMPAIGN, name)
    assert problems == ()
    assert campaign is not None
    assert campaign.id == name


@pytest.mark.parametrize(
    ("name", "better"), [("Juni 2013", "juni-2013"), ("a_b", "a-b"), ("é", "e"), ("-", "2013-06")]
)
def test_a_file_name_that_is_no_id_is_refused_with_a_better_one(name: str, better: str) -> None:
    campaign, (problem,) = campaign_of(CAMPAIGN, name)
    assert campaign is None
    assert problem.rule == "bad-file-name"
    assert f"rename it to {better}.yaml" in problem.hint


def test_a_list_of_one_may_be_written_without_the_list() -> None:
    campaign, problems = campaign_of(
        "headline: x\nclusters: voeding\naudience: {languages: nl}\nintro: {nl: x}\n"
    )
    assert problems == ()
    assert campaign is not None
    assert campaign.clusters == ("voeding",)
    assert [language.value for language in campaign.audience.languages] == ["nl"]
    assert campaign.kind is CampaignKind.NEWSLETTER


def test_the_known_keys_hold_the_short_forms_and_no_id_of_a_campaign() -> None:
    assert {"cluster", "organiser", "info", "registration", "photos", "report"} <= {
        *known_keys(Activity)
    }
    assert "id" in known_keys(Activity)
    assert "id" not in known_keys(Campaign)
    assert "from" in known_keys(Campaign.model_fields["window"].default.__class__)


WORDS = st.sampled_from(
    [
        *(known_keys(Project) + known_keys(Activity) + known_keys(Campaign)),
        *("2013-06-17", "2013-02-30 25:00", "9" * 5000, "٢٠١٣-٠٦-١٧", "ja", "announcement", "x@y"),
        *("file", "alt", "url", "label", "from", "to", "domain", "connections", "amount", "words"),
        *("smarthost", "fallback", "draft", "nl", "https://example.org", "Europe", "-", "", " "),
    ]
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_any_tree_gives_a_noun_or_problems_in_plain_words(tree: Tree) -> None:
    origin = Origin(file="f.yaml", lines={(): 1})
    items: list[Tree] = tree if isinstance(tree, list) else [tree]
    origin_of_items = Origin(file="f.yaml", lines={(n,): n + 1 for n in range(len(items))})
    placed, in_activities = parse_activities(items, origin_of_items)
    project, in_project = parse_project(tree, origin)
    campaign, in_campaign = parse_campaign(tree, origin, "2013-06")
    assert (project is None) == bool(in_project)
    assert (campaign is None) == bool(in_campaign)
    assert len(placed) == len(items) or in_activities
    assert all(p.noun.id for p in placed)
    assert all(p.noun.status in Status for p in placed)
    for problem in (*in_activities, *in_project, *in_campaign):
        assert problem.text
        assert "pydantic" not in str(problem)
        assert "Input should" not in str(problem)
        assert "Value error" not in str(problem)


@settings(max_examples=300, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "cluster": st.sampled_from(["voeding", "a", "Bad Id"]),
            "start": st.dates().map(str),
            "kind": st.text(min_size=1).filter(lambda t: t.strip() != ""),
            "title": st.text(min_size=1).filter(lambda t: t.strip() != ""),
        }
    )
)
def test_the_id_that_is_made_is_one_that_could_be_written(fields: dict[str, Tree]) -> None:
    origin = Origin(file="f.yaml", lines={(): 1})
    (placed,), problems = parse_activities([fields], origin)
    assert problems == ()
    (again,), problems = parse_activities([{**fields, "id": placed.noun.id}], origin)
    assert problems == ()
    assert again.noun.id == placed.noun.id
