"""Features that caniemail does not test, and that others have reported on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fvdt_mailer.model.support import Answer, Category, Client, Feature, Verdict

HSL = "css-hsl"

_NO = Answer(verdict=Verdict.NO)

OWN_FEATURES: Mapping[str, Feature] = {
    HSL: Feature(
        slug=HSL,
        title="hsl(), hsla()",
        category=Category.CSS,
        url="https://github.com/hteumeuleu/caniemail/issues/87",
        tested=date(2026, 8, 5),
        answers={Client.OUTLOOK_WINDOWS: _NO, Client.OUTLOOK_WEB: _NO},
    )
}
