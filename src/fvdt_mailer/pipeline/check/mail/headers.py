"""The header of a mail as receivers parse it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.utils import getaddresses, parsedate_to_datetime

from fvdt_mailer.errors import Problem
from fvdt_mailer.pipeline.check.case import Case

_HARD = 998  # RFC 5322 2.1.1
# Each exactly once, and in this form.
_FORMS: Mapping[str, re.Pattern[str]] = {
    "Date": re.compile(r".+"),
    "From": re.compile(r".+"),
    "To": re.compile(r".+"),
    "Subject": re.compile(r".+", re.DOTALL),
    "Message-ID": re.compile(r"<[^<>\s@]+@[^<>\s@]+>"),
    "List-Id": re.compile(r'(?:"[^"]*"\s+)?<[A-Za-z0-9.-]+>'),  # RFC 2919
    "List-Unsubscribe": re.compile(r"<https?://[^<>\s]+>,\s+<mailto:[^<>\s]+>"),  # RFC 2369
    "MIME-Version": re.compile(r"1\.0"),
    "Content-Type": re.compile(r"multipart/.+", re.DOTALL),
}
_PARTS = re.compile(rb"^Content-Type: (text/[a-z]+)([^\r]*)\r$", re.MULTILINE)
_ONE_CLICK = "List-Unsubscribe-Post"


def malformed_headers(case: Case) -> Iterator[Problem]:
    """An error for a header that receivers cannot read as it is meant, each once."""
    project = case.folder.project
    has_one_click = project.is_signed and project.public_url.startswith("https:")
    wrong = (said for page in case.pages for said in _wrong(page.mail, has_one_click=has_one_click))
    for said in dict.fromkeys(wrong):
        yield Problem(
            rule="malformed-header",
            file=case.folder.project_origin.file,
            text=said,
            hint="look for an odd character in the names and addresses of this file",
        )


def _wrong(mail: bytes, *, has_one_click: bool) -> Iterator[str]:
    message = message_from_bytes(mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
    for name, form in _FORMS.items():
        values = [" ".join(str(value).split()) for value in message.get_all(name, [])]
        if len(values) != 1:
            yield f"the mail has {len(values)} {name} headers, and needs one"
        elif not form.fullmatch(values[0]) or not _is_read(name, values[0]):
            yield f"receivers cannot read the {name} header: {values[0]}"
    if (_ONE_CLICK in message) is not has_one_click:
        yield f"{_ONE_CLICK} goes with signed mail and an https address, and only with these"
    if any(len(line) > _HARD for line in mail.splitlines()):
        yield f"the mail has a line of more than {_HARD} bytes"
    yield from _charsets(mail)


def _is_read(name: str, value: str) -> bool:
    match name:
        case "Date":
            return _is_date(value)
        case "From" | "To":
            boxes = getaddresses([value])
            return len(boxes) == 1 and boxes[0][1].count("@") == 1
        case _:
            return True


def _is_date(value: str) -> bool:
    try:
        parsedate_to_datetime(value)
    except ValueError:
        return False
    return True


def _charsets(mail: bytes) -> Iterator[str]:
    for kind, parameters in _PARTS.findall(mail):
        if b"charset=utf-8" not in parameters.replace(b'"', b""):
            yield f"a part of the mail ({kind.decode()}) does not say it is UTF-8"
