"""What an element leads to: the one place that knows how pages write a link."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.source.scripts import Scripts, looks_like_address

_SCRIPTED = re.compile(r"\s*(?:javascript:|#*\s*$)", re.IGNORECASE)
_ADDRESSES_BEGIN = frozenset("/.h?")
_JAVASCRIPT = re.compile(r"\s*javascript:", re.IGNORECASE)
_KEPT = ("data-url", "data-href", "data-link")
_NO_ADDRESS = frozenset({"href", "onclick", "class", "id", "style", "src", "title", "name", "target", "rel", "cite"})
_TAGS_WITHOUT_TEXT = frozenset(
    {"html", "body", "head", "iframe", "video", "audio", "source", "script", "link", "meta", "object", "select"}
)
_MOST_IN_A_ROW = 60  # elements; what holds more is no row that a reader clicks
_BUTTONS = frozenset({"submit", "button", "image"})
_TYPED = frozenset({"text", "search", "password", "email", "tel", "url", "number", "date", "file", "checkbox", "radio"})
_CHANGES = re.compile(r"location|open\s*\(|submit|href|jump|go\w*\s*\(", re.IGNORECASE)
_HOST = re.compile(r"\s*(?:https?:)?//([^/?#\s]+)", re.IGNORECASE)
# Of its two spellings the quick one: a predicate over every element takes three times as long.
_BESIDE = etree.XPath(
    ".//area[@href]|.//select|.//form|.//@onclick/..|.//@data-url/..|.//@data-href/..|.//@data-link/.."
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where an element leads.

    Attributes:
        href: As the page has it, or as its script puts it together.
        is_hidden: A script follows it, and its address is not on the page; `href` is then none.
    """

    href: str
    is_hidden: bool = False


class Targets:
    """What the elements of one page lead to besides its `<a>`, looked for once; the page must not change meanwhile."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self.scripts = Scripts(tree)

    @cached_property
    def beside(self) -> dict[HtmlElement, Target | None]:
        return links_beside(self._tree, self.scripts)


def target_of(link: HtmlElement, scripts: Scripts) -> Target | None:
    """Of an `<a>`; None where it is no link but the place of one."""
    href: str | None = link.get("href")
    if href and (href[0] in _ADDRESSES_BEGIN or not _SCRIPTED.match(href)):  # most links ask for no pattern
        return Target(href.strip())
    if address := _kept(link) or _scripted(link, scripts) or _anywhere(link):
        return Target(address)
    if href is None and link.get("onclick") is None:
        return None
    return Target((href or "").strip(), is_hidden=True)


def links_beside(tree: HtmlElement, scripts: Scripts) -> dict[HtmlElement, Target | None]:
    """All other elements that lead somewhere; with None the lists of choices that hold such."""
    found: dict[HtmlElement, Target | None] = {}
    for element in _BESIDE(tree):
        if element.tag == "a":
            continue
        if element.tag == "select":
            if options := dict(_options(element, scripts)):
                found |= {element: None, **options}
        elif element.tag == "form":
            found |= _buttons(element)
        elif element.tag == "area":
            found[element] = Target(element.get("href", "").strip())
        elif element.tag not in _TAGS_WITHOUT_TEXT and element not in found:
            address = (_kept(element) if element.tag != "img" else None) or _scripted(element, scripts)
            if address and _is_row(element, scripts):
                found[element] = Target(address)
    return found


def _kept(element: HtmlElement) -> str | None:
    """The address that the element keeps for a script."""
    kept = (element.get(name) or "" for name in _KEPT)
    return next((address.strip() for address in kept if looks_like_address(address)), None)


def _anywhere(link: HtmlElement) -> str | None:
    """The address in whatever attribute the page's own scripts have agreed on."""
    kept = (value for name, value in link.attrib.items() if name not in _NO_ADDRESS)
    return next((address.strip() for address in kept if looks_like_address(address)), None)


def _scripted(element: HtmlElement, scripts: Scripts) -> str | None:
    given = {f"this@{name}": value for name, value in element.attrib.items()}
    handlers = [code for name, code in element.attrib.items() if name.endswith("click")]
    if _JAVASCRIPT.match(href := element.get("href") or ""):
        written = _JAVASCRIPT.sub("", href, count=1)
        handlers.append(written if "'" in written or '"' in written else unquote(written))
    found = (scripts.address_in(code, given) for code in handlers if code)
    return next((address.strip() for address in found if address), None)


def _is_row(element: HtmlElement, scripts: Scripts) -> bool:
    """Whether it is small, and no link in it leads anywhere."""
    within = list(islice(element.iterdescendants(), _MOST_IN_A_ROW + 1))
    if len(within) > _MOST_IN_A_ROW:
        return False
    inner = (target_of(each, scripts) for each in within if each.tag == "a")
    return all(target is None or target.is_hidden for target in inner)


def _options(select: HtmlElement, scripts: Scripts) -> Iterator[tuple[HtmlElement, Target]]:
    """The choices of a list that turns the page; none of a list of friendly sites, which are several."""
    change = select.get("onchange") or ""
    options = list(select.iter("option"))
    values = [option.get("value") or "" for option in options]
    hosts = {found[1].lower() for value in values if (found := _HOST.match(value))}
    if len(hosts) > 1:
        return
    form = next(select.iterancestors("form"), None)
    name = select.get("name")
    is_sent = form is not None and name is not None and (_CHANGES.search(change) or _only_chooses(form))
    for option, value in zip(options, values, strict=True):
        if not value.strip():
            continue
        address = scripts.address_in(change, {"this.value": value}) if change else None
        if address is None and looks_like_address(value):
            address = value
        if address is None and is_sent and form is not None and name is not None:
            address = _asked(form, {name: value})
        if address:
            yield option, Target(address.strip())
        elif change:
            yield option, Target("", is_hidden=True)


def _only_chooses(form: HtmlElement) -> bool:
    """Whether one list of choices is all that the form asks for, and a button sends it."""
    kinds = [_kind(field) for field in islice(form.iter("input", "button", "select", "textarea"), _MOST_IN_A_ROW)]
    return kinds.count("text") == 1 and "submit" in kinds and not any(kind in _TYPED - {"text"} for kind in kinds)


def _buttons(form: HtmlElement) -> dict[HtmlElement, Target]:
    """The buttons of a form that asks for nothing: such a form is a link."""
    fields = list(islice(form.iter("input", "button", "select", "textarea"), _MOST_IN_A_ROW))
    kinds = [_kind(field) for field in fields]
    if any(kind in _TYPED for kind in kinds):
        return {}
    pressed = [field for field, kind in zip(fields, kinds, strict=True) if kind in _BUTTONS - {"button"}]
    found: dict[HtmlElement, Target] = {}
    for button in pressed:
        own = {name: button.get("value", "")} if (name := button.get("name")) else {}
        if address := _asked(form, own):
            found[button] = Target(address)
    return found


def _kind(field: HtmlElement) -> str:
    if field.tag in {"select", "textarea"}:
        return "text"
    return (field.get("type") or ("submit" if field.tag == "button" else "text")).lower()


def _asked(form: HtmlElement, own: dict[str, str]) -> str | None:
    """The address that a form with the method GET asks for."""
    if (form.get("method") or "get").lower() != "get" or not form.get("action"):
        return None
    unseen = (field for field in form.iter("input") if _kind(field) == "hidden")
    hidden = {name: field.get("value", "") for field in unseen if (name := field.get("name"))}
    query = "&".join(f"{name}={value}" for name, value in {**hidden, **own}.items())
    return f"{form.get('action', '').partition('#')[0].partition('?')[0]}?{query}" if query else form.get("action")
