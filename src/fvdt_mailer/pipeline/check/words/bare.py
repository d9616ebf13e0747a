"""Prose without what is not prose: marks, addresses, and the words in braces."""

from __future__ import annotations

import re
from functools import lru_cache

# Neither is a word character, a space or a mark that a person types.
ADDRESS = "\ufffc"
FILLED = "\ue000"

_LINK = re.compile(
    r"\[(?P<words>[^\]\[]*)\]\((?:https?:|mailto:)(?:[^\s()]|\([^\s()]*\))+\)", re.IGNORECASE
)
# An address ends before the marks of the sentence around it; its own parentheses come in pairs.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)(?:[^\s<>()]|\([^\s<>()]*\))*(?:[^\s<>().,;:!?’”\"]|\([^\s<>()]*\))"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
_BRACES = re.compile(r"\{[^{}\n]*\}")
_MARKS = re.compile(r"\\(?P<kept>[*_\[\]\\])|(?<!\w)[*_]+(?=\S)|(?<=\S)[*_]+(?!\w)")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """The words readers see; an address is one ADDRESS, what a field fills in is one FILLED."""
    words = _LINK.sub(lambda found: found["words"], text)
    words = _ADDRESS.sub(ADDRESS, words)
    return _MARKS.sub(lambda found: found["kept"] or "", _BRACES.sub(FILLED, words))


@lru_cache(maxsize=4096)
def unquoted(text: str) -> str:
    """The bare words without what stands between quotation marks: someone else said that."""
    return re.sub(r"“[^”]*”|„[^”“]*[”“]|«[^»]*»|\"[^\"]*\"|‘[^‘’]*’(?!\w)", " ", bare(text))
