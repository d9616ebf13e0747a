"""Everything that is wrong with an edition, before anyone is mailed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeAlias

from fvdt_mailer.errors import Problem
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.clients.unsupported import unsupported
from fvdt_mailer.pipeline.check.mail.calendar import changed, endless, unfit_attachment
from fvdt_mailer.pipeline.check.mail.headers import malformed_headers
from fvdt_mailer.pipeline.check.mail.inbox import weak_preheaders, weak_subjects
from fvdt_mailer.pipeline.check.mail.legal import unfulfilled_duties, unnamed_enterprise
from fvdt_mailer.pipeline.check.mail.sender import weak_sender
from fvdt_mailer.pipeline.check.mail.text_part import html_in_words, odd_text, unlike_parts
from fvdt_mailer.pipeline.check.page.active import active_content
from fvdt_mailer.pipeline.check.page.alternatives import unheard
from fvdt_mailer.pipeline.check.page.broken_html import broken_html, duplicate_ids
from fvdt_mailer.pipeline.check.page.classes import lost_classes
from fvdt_mailer.pipeline.check.page.conditionals import (
    conditionals_between_cells,
    odd_conditionals,
)
from fvdt_mailer.pipeline.check.page.gmail import dropped_by_gmail, fetched_css, too_much_css
from fvdt_mailer.pipeline.check.page.head import unnamed_language, weak_head
from fvdt_mailer.pipeline.check.page.headings import lost_headings
from fvdt_mailer.pipeline.check.page.images import heavy_pictures, image_sources, weak_pictures
from fvdt_mailer.pipeline.check.page.inline_styles import colours_alone, skipped_by_outlook
from fvdt_mailer.pipeline.check.page.legibility import hard_to_read
from fvdt_mailer.pipeline.check.page.link_shape import unclear_links
from fvdt_mailer.pipeline.check.page.link_words import (
    confusable_links,
    vague_links,
    wordless_links,
)
from fvdt_mailer.pipeline.check.page.links import (
    bare_links,
    late_registrations,
    links_in_prose,
    shared_links,
    template_links,
    weak_links,
)
from fvdt_mailer.pipeline.check.page.raw_html import raw_html
from fvdt_mailer.pipeline.check.page.size import too_large
from fvdt_mailer.pipeline.check.page.style_sheets import broken_css
from fvdt_mailer.pipeline.check.page.tables import poor_tables
from fvdt_mailer.pipeline.check.silence import silenced
from fvdt_mailer.pipeline.check.words.address_form import mixed_address
from fvdt_mailer.pipeline.check.words.alts import foreign_alts, weak_alts
from fvdt_mailer.pipeline.check.words.connectives import dangling
from fvdt_mailer.pipeline.check.words.counts import stale_counts
from fvdt_mailer.pipeline.check.words.dates import wrong_dates
from fvdt_mailer.pipeline.check.words.duplicates import duplicate_activities
from fvdt_mailer.pipeline.check.words.fillings import doubled_prepositions, unfilled_words
from fvdt_mailer.pipeline.check.words.gaps import missing_facts
from fvdt_mailer.pipeline.check.words.house_style import house_style
from fvdt_mailer.pipeline.check.words.timing import short_notice, untimely
from fvdt_mailer.pipeline.check.words.translations import untranslated
from fvdt_mailer.pipeline.check.words.typing_slips import shouted, typing_slips

Look: TypeAlias = Callable[[Case], Iterable[Problem]]

_WORDS: tuple[Look, ...] = (
    unfilled_words, doubled_prepositions, wrong_dates, stale_counts, dangling, untimely,
    short_notice, duplicate_activities, missing_facts, untranslated, typing_slips, shouted,
    mixed_address, house_style, html_in_words, weak_alts, foreign_alts,
)  # fmt: skip
_PAGE: tuple[Look, ...] = (
    broken_html, duplicate_ids, odd_conditionals, conditionals_between_cells, weak_head,
    unnamed_language, poor_tables, active_content, raw_html, broken_css, dropped_by_gmail,
    fetched_css, too_much_css, lost_classes, skipped_by_outlook, colours_alone, lost_headings,
    unheard, wordless_links, vague_links, confusable_links, unclear_links, hard_to_read, too_large,
    unsupported, weak_links, template_links, links_in_prose, bare_links, shared_links,
    late_registrations, weak_pictures, heavy_pictures, image_sources,
)  # fmt: skip
_MAIL: tuple[Look, ...] = (
    weak_subjects, weak_preheaders, weak_sender, malformed_headers, unfulfilled_duties,
    unnamed_enterprise, unlike_parts, odd_text, unfit_attachment, endless, changed,
)  # fmt: skip


def check(case: Case, *, known: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """Every problem of an edition as it would be mailed, each once, by file and line.

    `known` are warnings about its files that were found while reading them. What the campaign
    silences is still there, with the reason.
    """
    found = chain.from_iterable(look(case) for look in (*_WORDS, *_PAGE, *_MAIL))
    return silenced((*known, *found), case)
