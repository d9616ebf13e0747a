"""How large a mail is, against what Gmail shows of one."""

from __future__ import annotations

from dataclasses import replace

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.folder import KeyPath, Origin
from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.check.page.size import LIMIT, too_large, weight
from fvdt_mailer.pipeline.select import select
from pages import case_of, mail_of, page_of
from world import NOW, campaign, folder

UNSUBSCRIBE = f'<a href="{Blank.UNSUBSCRIBE_URL.mark}">Uitschrijven</a>'


def page(size: int, *, head: str = "") -> Page:
    """A mail of about `size` bytes: three equal sections, then the link to unsubscribe."""
    sections = tuple(f"<p>{letter * (size // 3)}</p>" for letter in "abc")
    return replace(
        page_of(mail_of("\n".join((*sections, UNSUBSCRIBE)), head=head)), sections=sections
    )


def found(case: Case) -> Problem | None:
    return next(iter(too_large(case)), None)


def test_a_small_mail_is_not_worth_a_word() -> None:
    assert found(case_of(page(20_000))) is None
    assert found(case_of()) is None


def test_the_weight_is_that_of_the_html_as_it_is_sent() -> None:
    whole = page(30_000)
    heavy = weight(case_of(whole))
    assert heavy is not None
    head = whole.mail.index(b"text/html")
    body = whole.mail[whole.mail.index(b"\r\n\r\n", head) + 4 :]
    assert heavy.html == len(body.rpartition(b"\r\n--=_")[0])
    assert heavy.html == heavy.layout + sum(heavy.sections.values())
    assert 10_000 < heavy.sections["blue-energy"] < 10_600
    assert not heavy.is_unsubscribing_cut


def test_accents_weigh_what_their_encoding_takes() -> None:
    plain, accented = (weight(case_of(page_of(mail_of(word * 9000)))) for word in ("abc", "aéc"))
    assert plain is not None
    assert accented is not None
    assert accented.html > plain.html + 9000 * 4


def test_the_largest_of_all_mails_is_weighed_wherever_it_stands() -> None:
    small, large = page(3_000), page(60_000)
    heavy = weight(case_of(small, large))
    assert heavy is not None
    assert heavy.html > 60_000


def test_the_room_that_is_left_is_a_note_with_what_takes_it() -> None:
    problem = found(case_of(page(30_000)))
    assert problem is not None
    assert (problem.rule, problem.severity) == ("mail-size", Severity.NOTE)
    assert "takes 31.8 of the 102 kB that Gmail shows: layout 0.6, blue-energy 10.4" in problem.text
    # Five activities take 31.2 kB, and 68.2 of the 100 kB at which a send stops are left.
    assert problem.text.endswith("about 10 more activities like these fit")


def test_the_styles_in_the_head_are_told_beside_it() -> None:
    problem = found(case_of(page(30_000, head=f"<style>{'a' * 2048}</style>")))
    assert problem is not None
    assert "its style sheets 2.0 of 16 KB" in problem.text


def test_a_mail_near_the_limit_is_a_warning_and_one_at_it_an_error() -> None:
    near, over = found(case_of(page(82_000))), found(case_of(page(99_000)))
    assert near is not None
    assert over is not None
    assert (near.rule, near.severity) == ("gmail-clips", Severity.WARNING)
    assert (over.rule, over.severity) == ("gmail-clips", Severity.ERROR)
    assert "limit_per_cluster" in near.hint


def test_a_mail_whose_way_out_is_cut_off_says_so() -> None:
    problem = found(case_of(page(LIMIT + 2_000)))
    assert problem is not None
    assert problem.hint.startswith("readers could not unsubscribe; ")


def test_a_campaign_that_picks_is_told_where_it_does() -> None:
    world = folder(campaigns=[campaign(pick={"limit_per_cluster": 9})])
    lines: dict[KeyPath, int] = {(): 1, ("pick",): 7}
    origins = {"2013-06": Origin(file="campaigns/2013-06.yaml", lines=lines)}
    picking = replace(world, campaign_origins=origins)
    edition = select(world, world.campaigns["2013-06"], now=NOW)
    plain, picked = (
        found(case_of(page(99_000))),
        found(case_of(page(99_000), world=picking, edition=edition)),
    )
    assert plain is not None
    assert picked is not None
    assert (plain.line, picked.line) == (None, 7)
