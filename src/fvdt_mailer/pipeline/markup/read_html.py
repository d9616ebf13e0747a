"""HTML read into a tree, with everything a client would have to guess at."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from fvdt_mailer.pipeline.markup.conditional import Branch, resolve
from fvdt_mailer.pipeline.markup.element import PLACE, Document, Element, Fault, Place
from fvdt_mailer.pipeline.markup.misplaced import is_misplaced_text, misplaced

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
    | {"track", "wbr"}
)
# HTML closes these by itself: left open they are untidy, and read alike.
_CLOSED_BY_ITSELF = frozenset(
    {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"}
    | {"html", "head", "body"}
)


def read_html(html: str, branch: Branch = Branch.OTHERS) -> Document:
    """The document as clients of that branch read it.

    Every element that is not void is expected to be closed, and in order: whatever is not is a
    fault, though HTML forgives it, because mail clients forgive it differently.
    """
    reader = _Reader()
    reader.feed(resolve(html, branch))
    reader.close()
    reader.finish()
    return Document(root=reader.root, faults=tuple(reader.faults))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element(tag="")
        self.faults: list[Fault] = []
        self._open = [self.root]
        self._ended: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._element(tag, attrs)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._element(tag, attrs)
        if tag not in VOID and ":" not in tag:
            text = f"<{tag}/> is not closed by its slash: what follows ends up inside it"
            hint = f"write <{tag}></{tag}>"
            self._report(text, hint, element.place, is_grave=tag not in _CLOSED_BY_ITSELF)

    def handle_endtag(self, tag: str) -> None:
        if self._ended[tag] and not self._opens(tag):
            self._ended[tag] -= 1  # what ended it was told already
            return
        if tag in VOID or not any(element.tag == tag for element in self._open):
            hint = "take it out, or open it first"
            self._report(f"</{tag}> closes nothing", hint, self._latest())
            return
        if closed := self._close(tag):
            self._unclosed(closed[0], f"before </{tag}>")

    def handle_data(self, data: str) -> None:
        parent = self._open[-1]
        parent.children.append(data)
        if is_misplaced_text(data, parent):
            words = " ".join(data.split())[:40]
            text = (
                f'"{words}" in <{parent.tag}>, outside its cells: clients move it above the table'
            )
            hint = "put it in a cell, or before the table"
            self._report(text, hint, parent.place, is_grave=True)

    def finish(self) -> None:
        """Tell what was never closed: the innermost took the ends of the others for its own."""
        if len(self._open) > 1:
            self._unclosed(self._open[-1], "anywhere")

    def _element(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        parent = self._open[-1]
        attributes = {name: value or "" for name, value in reversed(attrs)}
        is_twice = len(attributes) < len(attrs)
        place = _place(attributes.pop(PLACE, "")) or parent.place
        if is_twice:
            self._twice(tag, attrs, place)
        if amiss := misplaced(tag, parent):
            self._report(amiss.text, amiss.hint, place, is_grave=True)
            if amiss.ends:
                self._close(amiss.ends)
                self._ended[amiss.ends] += 1
                parent = self._open[-1]
        element = Element(tag=tag, attributes=attributes, place=place, parent=parent)
        parent.children.append(element)
        return element

    def _twice(self, tag: str, attrs: list[tuple[str, str | None]], place: Place | None) -> None:
        for name, count in Counter(name for name, _ in attrs).items():
            if count > 1:
                text = f'<{tag}> has "{name}" twice: only the first counts'
                self._report(text, "make one of the two", place)

    def _opens(self, tag: str) -> bool:
        """True for a paragraph or a link that took the place of one it ended."""
        return tag in {"p", "a"} and self._open[-1].tag == tag

    def _close(self, tag: str) -> list[Element]:
        """Close the nearest element of that tag; what was open inside it, the outermost first."""
        inside: list[Element] = []
        while (closed := self._open.pop()).tag != tag:
            inside.insert(0, closed)
        self._ended.update(one.tag for one in inside)
        return inside

    def _unclosed(self, element: Element, where: str) -> None:
        text = f"<{element.tag}> is not closed {where}"
        hint = f"write </{element.tag}> where it ends"
        is_grave = element.tag not in _CLOSED_BY_ITSELF
        self._report(text, hint, element.place, is_grave=is_grave)

    def _latest(self) -> Place | None:
        """Where the reader is, as far as that is known: the last thing that was written."""
        element = self._open[-1]
        inside = [child for child in element.children if isinstance(child, Element)]
        return (inside[-1] if inside else element).place

    def _report(self, text: str, hint: str, place: Place | None, *, is_grave: bool = False) -> None:
        self.faults.append(Fault(text, hint, place, is_grave=is_grave))


def _place(written: str) -> Place | None:
    file, _, line = written.rpartition(":")
    return Place(file, int(line)) if file and line.isdecimal() else None
