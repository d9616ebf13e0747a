"""The keys that mails are signed with, read from where the settings say they are."""

from __future__ import annotations

from collections.abc import Callable

from fvdt_mailer.errors import NotReady
from fvdt_mailer.model.project import Dkim, Project
from fvdt_mailer.pipeline.message.dkim import SigningKey


class SigningKeys:
    """Reads a key when mails are to leave, and not before; `secret` reads what is referred to."""

    def __init__(self, secret: Callable[[str], str]) -> None:
        self._secret = secret

    def keys(self, project: Project) -> tuple[SigningKey, ...]:
        """The keys these settings name, none where mails are not signed here; NotReady if unfit."""
        dkim = project.dkim
        if not isinstance(dkim, Dkim):
            return ()
        named = [(dkim.selector, dkim.key)]
        if dkim.second is not None:
            named.append((dkim.second.selector, dkim.second.key))
        return tuple(self._key(dkim.domain, selector, reference) for selector, reference in named)

    def _key(self, domain: str, selector: str, reference: str) -> SigningKey:
        try:
            return SigningKey.parse(self._secret(reference), domain=domain, selector=selector)
        except ValueError as error:
            raise NotReady(
                f"{error}; mend dkim in mailer.yaml, or what {reference.partition(':')[0]}: names"
            ) from error
