"""What a reader sees before opening the mail."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.folder import Folder
from fvdt_mailer.model.project import Dkim

_LONGEST_SUBJECT = 60  # facts/domain.md 5.2


def unsigned(folder: Folder) -> Iterator[Problem]:
    """An error for a signing key: mails would leave unsigned while everyone thinks otherwise."""
    if isinstance(folder.project.dkim, Dkim):
        yield Problem(
            rule="not-signed-here",
            file=folder.project_origin.file,
            line=folder.project_origin.line("dkim"),
            key="dkim",
            text="mails are not signed here yet",
            hint="let your mail server sign them and write `dkim: smarthost`, or leave it out",
        )


def weak_envelope(folder: Folder, edition: Edition) -> Iterator[Problem]:
    """A warning for a subject that an inbox would cut off."""
    origin = folder.campaign_origins[edition.id]
    key = "subject" if edition.campaign.subject else "headline"
    for _, subject in edition.campaign.subject_line.texts:
        if len(subject) > _LONGEST_SUBJECT:
            yield Problem(
                rule="long-subject",
                file=origin.file,
                line=origin.line(key),
                key=key,
                text=f"the subject has {len(subject)} characters; inboxes show about "
                f"{_LONGEST_SUBJECT}",
                hint='shorten it, or write a "subject" beside the headline',
                severity=Severity.WARNING,
            )
