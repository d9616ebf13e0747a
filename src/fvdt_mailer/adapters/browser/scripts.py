"""What is asked of a mail inside the browser."""

from __future__ import annotations

import json
from collections.abc import Mapping

from fvdt_mailer.pipeline.markup.element import PLACE

# A mail stands inside a page of the mail client, which has the landmarks and the heading.
_OFF = ("landmark-one-main", "region", "page-has-heading-one", "bypass")
_ON = ("target-size", "link-in-text-block")
_OPTIONS: Mapping[str, object] = {
    "resultTypes": ["violations"],
    "elementRef": True,
    "preload": False,
    "iframes": False,
    "rules": {rule: {"enabled": rule in _ON} for rule in (*_OFF, *_ON)},
}
_AT = f'closest("[{PLACE}]")?.getAttribute("{PLACE}") || ""'

# A promise of the elements that axe finds fault with.
BARRIERS = f"""
axe.run(document, {json.dumps(_OPTIONS)}).then(result => result.violations.flatMap(violation =>
  violation.nodes.map(node => ({{
    rule: violation.id,
    impact: node.impact || violation.impact || "",
    address: violation.helpUrl.split("?")[0],
    place: node.element.{_AT},
    tag: node.element.localName,
    reasons: node.failureSummary || violation.help,
    colours: node.any.flatMap(check => check.data?.fgColor
      ? [check.data.fgColor, check.data.bgColor] : []).join(" on "),
  }}))))
"""

# The elements that make a page wider than the screen, and how wide each makes it. What sticks
# out is hidden, from the inside, until the page fits; whatever then widens it again, shown alone
# among the hidden, is a cause. All else was only stretched: the cells of a table, for instance.
OVERFLOWS = f"""
() => {{
  const page = document.documentElement;
  const sticksOut = element => {{
    const box = element.getBoundingClientRect();
    return box.width && Math.max(box.right, box.left + element.scrollWidth) > innerWidth;
  }};
  const hidden = new Map();
  const hide = element => element.style.setProperty("display", "none", "important");
  while (page.scrollWidth > innerWidth) {{
    const out = [...document.body.querySelectorAll("*")].filter(sticksOut);
    const inner = out.filter(one => !out.some(other => one !== other && one.contains(other)));
    if (!inner.length) break;
    for (const element of inner) {{
      hidden.set(element, element.getAttribute("style"));
      hide(element);
    }}
  }}
  const show = element => {{
    const style = hidden.get(element);
    if (style === null) element.removeAttribute("style");
    else element.setAttribute("style", style);
  }};
  const causes = [];
  for (const element of hidden.keys()) {{
    show(element);
    if (page.scrollWidth > innerWidth) causes.push({{
      width: page.scrollWidth, tag: element.localName, place: element.{_AT},
    }});
    hide(element);
  }}
  for (const element of hidden.keys()) show(element);
  return causes;
}}
"""
