"""Rules about pictures."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_CAN_I_EMAIL = "https://www.caniemail.com/search/?s=image"
_ALT = "https://www.w3.org/WAI/tutorials/images/"
_GAP = "Readers see an empty frame."


def _rule(rule_id: str, why: str, source: str = "") -> Rule:
    return Rule(id=rule_id, group=Group.IMAGES, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("missing-image", _GAP),
    _rule("broken-image", _GAP),
    _rule("image-format", _GAP, _CAN_I_EMAIL),
    _rule("image-source", _GAP, _CAN_I_EMAIL),
    _rule("image-name", "Servers say what a file is by its name, and some clients believe them."),
    _rule("heavy-image", "On the road, readers scroll on before it is there."),
    _rule("heavy-pictures", "On the road, readers give up on a mail that keeps loading."),
    _rule("huge-image", "Phones shrink it, and pay for each pixel."),
    _rule("small-image", "It is blown up, and looks blurred."),
    _rule("soft-image", "Most phones show two pixels for one, and it looks soft there."),
    _rule("tracking-pixel", "Readers are followed without having been asked."),
    _rule("alt-file-name", "A screen reader spells out the name of a file.", _ALT + "tips/"),
    _rule("alt-image-of", "A screen reader says that it is an image before it.", _ALT + "tips/"),
    _rule("alt-language", "A screen reader reads it aloud in another language than the mail."),
)
