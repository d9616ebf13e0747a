"""What is known of the notes of testers: when "partly supported" matters for one use.

The notes are those of the data. A note that is not known here counts wherever the feature is
used, so that new data adds findings rather than hiding them.
"""

from __future__ import annotations

from functools import lru_cache

from fvdt_mailer.pipeline.check.clients.css_limits import CSS_LIMITS
from fvdt_mailer.pipeline.check.clients.html_limits import HTML_LIMITS
from fvdt_mailer.pipeline.check.clients.limit import Limit, harmless, lost

# Gmail's app with the mailbox of another provider, or Samsung's with one of Microsoft: some of
# that program's readers, nobody knows how many. What only those readers have is lost for most.
_ANYWHERE = (
    lost("Partially supported. Only works with non Google"),
    lost("Partial. Only supported with non Google"),
    lost("Partial. Supported with non Google"),
    harmless("Partial. Not supported with non Google"),
    harmless("Partial. Does not render with non Google"),
    harmless("Not supported with non Google"),
    harmless("Does not submit in iOS with non Google"),
    harmless("Partial. Not supported with Hotmail"),
    harmless("Partial. Not supported with Microsoft"),
    harmless("Partial. Not supported with Outlook accounts"),
    harmless("Partial. Webmail rendering doesn't work in IE"),
)
LIMITS = {**CSS_LIMITS, **HTML_LIMITS}


@lru_cache(maxsize=1024)
def limit_of(slug: str, note: str) -> Limit | None:
    """What is known of a note on a feature."""
    known = (*LIMITS.get(slug, ()), *_ANYWHERE)
    return next((limit for limit in known if note.startswith(limit.note)), None)
