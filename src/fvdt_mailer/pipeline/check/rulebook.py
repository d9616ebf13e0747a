"""Every rule there is, by its id."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from fvdt_mailer.model.rule import Rule
from fvdt_mailer.pipeline.check.rules import (
    accessibility,
    browser,
    calendar,
    clients,
    content,
    css,
    files,
    headers,
    images,
    language,
    legal,
    links,
    online,
    reproducibility,
    size,
    spam,
    structure,
    templates,
    text,
)

_GROUPS = (
    files, templates, content, language, headers, size, structure, css, clients, accessibility,
    links, images, text, legal, calendar, spam, reproducibility,
    browser, online,
)  # fmt: skip

RULEBOOK: Mapping[str, Rule] = {
    rule.id: rule for rule in chain.from_iterable(group.RULES for group in _GROUPS)
}
