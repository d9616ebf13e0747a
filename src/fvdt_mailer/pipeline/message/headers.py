"""Header fields as bytes: ASCII, CRLF, folded, and never more fields than were asked for.

The standard library's writer is not used: it encodes long List-Unsubscribe URIs as RFC 2047
words, and a value can add a field of its own to what it writes (docs/decisions.md).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence

from fvdt_mailer.model.address import Mailbox

_LINE = 76  # RFC 2047 2: a line that holds an encoded-word has at most 76 characters
_HARD = 998  # RFC 5322 2.1.1
_WORD = 75  # RFC 2047 2: the longest encoded-word
_AROUND = len("=?utf-8?q??=")

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PRINTABLE = re.compile(r"[!-~]+(?: +[!-~]+)*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_ADDR_SPEC = re.compile(r'[^\s\x00-\x20\x7f-\x9f\ud800-\udfff<>()\[\],;:\\"@]+@[A-Za-z0-9.-]+')

# White space and controls would end a line or a field. Embeddings, overrides and isolates would
# reorder what stands after the value; LRM, RLM and joiners stay, for names need them.
_GAPS = re.compile("[ \\x00-\\x1f\\x7f-\\x9f\u2028\u2029]+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]+")
_SURROGATES = re.compile("[\ud800-\udfff]")

# RFC 2047 5 (3): what stands for itself in a phrase; the same set serves everywhere.
_Q_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_Q = tuple(
    chr(byte) if byte in _Q_SAFE else "_" if byte == ord(" ") else f"={byte:02X}"
    for byte in range(256)
)


def one_line(text: str) -> str:
    """The text on one line: white space and controls collapsed, bidi controls taken out."""
    if text.isprintable() and "  " not in text:  # all that is taken out is not printable
        return text.strip(" ")
    return _SURROGATES.sub("\ufffd", _GAPS.sub(" ", _BIDI.sub("", text))).strip(" ")


def unstructured(name: str, text: str) -> bytes:
    """A field of free text (RFC 5322 2.2.1); what is not plain ASCII goes as encoded-words."""
    written = one_line(text)
    room = _room(name)
    words = written.split(" ")
    if _is_plain(written) and len(words[0]) <= room and max(map(len, words)) < _LINE:
        return _folded(name, words)
    return _folded(name, _encoded_words(written, room))


def mailboxes(name: str, *boxes: Mailbox) -> bytes:
    """A field of addresses (RFC 5322 3.4), each with its name as atoms, quoted or encoded.

    An address whose local part is not ASCII stands there as UTF-8 (RFC 6532 3.2): the message
    then needs a server that offers SMTPUTF8.
    """
    if not boxes:
        raise ValueError(f"{name} needs at least one address")
    room = _room(name)
    *others, last = (_mailbox_words(box, room) for box in boxes)
    words = [word for listed in others for word in (*listed[:-1], f"{listed[-1]},")]
    return _folded(name, words + last)


def structured(name: str, value: str) -> bytes:
    """A field whose value is already in its own syntax: never encoded, folded only at spaces."""
    if _PRINTABLE.fullmatch(value) is None:
        raise ValueError(f"{name} takes printable ASCII without spaces around it, not {value!r}")
    return _folded(name, value.split())


def quoted_string(text: str) -> str:
    """The text between quotes (RFC 5322 3.2.4); it is on one line and in ASCII."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _room(name: str) -> int:
    """How many characters fit beside the field's name."""
    return _LINE - len(name) - len(": ")


def _is_plain(text: str) -> bool:
    # What a person typed to look like an encoded-word must show as they typed it: "=?" is encoded.
    return text.isascii() and "=?" not in text


def _mailbox_words(box: Mailbox, room: int) -> list[str]:
    address = str(box.address)
    if _ADDR_SPEC.fullmatch(address) is None:
        raise ValueError(f"{address!r} cannot stand in a header; parse it with Address.parse")
    phrase = one_line(box.name)
    return [*_phrase_words(phrase, room), f"<{address}>"] if phrase else [address]


def _phrase_words(phrase: str, room: int) -> list[str]:
    # An encoded-word may split a name that is too long for one line, a quoted-string may not.
    if _is_plain(phrase) and len(phrase) <= room:
        if _ATOMS.fullmatch(phrase):
            return phrase.split(" ")
        quoted = quoted_string(phrase)
        if len(quoted) <= room:
            return [quoted]
    return _encoded_words(phrase, room)


def _folded(name: str, words: Sequence[str]) -> bytes:
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"{name!r} is not a header name: use letters, digits and hyphens")
    # The first word stays beside the name: a line with nothing but a name is obsolete syntax.
    first, *others = words
    lines = [f"{name}: {first}" if first else f"{name}:"]
    for word in others:
        if len(lines[-1]) + len(word) < _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}")
    octets = [line.encode() for line in lines]
    if max(map(len, octets)) > _HARD:
        raise ValueError(f"{name} holds a word too long for a line of {_HARD} octets; shorten it")
    return b"\r\n".join(octets) + b"\r\n"


def _encoded_words(text: str, room: int) -> list[str]:
    """RFC 2047 words of whole characters; white space between them is not part of the text."""
    octets = text.encode()
    encoded = min(_q_word(octets), _b_word(octets), key=len)
    if len(encoded) <= room:
        return [encoded]
    word = _q_word if encoded[len("=?utf-8?")] == "q" else _b_word
    words, piece = [], b""
    for character in map(str.encode, text):
        if piece and len(word(piece + character)) > room:
            words.append(word(piece))
            piece, room = b"", _WORD
        piece += character
    return [*words, word(piece)]


def _q_word(octets: bytes) -> str:
    return f"=?utf-8?q?{''.join(map(_Q.__getitem__, octets))}?="


def _b_word(octets: bytes) -> str:
    return f"=?utf-8?b?{b64encode(octets).decode('ascii')}?="
