"""Titles that begin with a number written as this page's is: 【第3期】… beside 【第4期】…."""

from crawler.extraction.links import wording
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.series_numbers import Numbering, fold, numbering_of


def is_counted(page: Page) -> bool:
    """Whether the page's own title is counted by a unit that only pieces of one thing have."""
    own = numbering_of(page.title or "")
    return own is not None and own.unit in wording.COUNTED and own.value is not None


def counted_alike(page: Page, members: list[Candidate]) -> list[Candidate]:
    """The members that open with a number of the page's form; none where two share a number: those are two series'."""
    if not is_counted(page):
        return []
    own = _form(page.title or "")
    found = [(m, number) for m in members if (number := numbering_of(m.title)) and _opens(m.title, number)]
    alike = [(m, number.value) for m, number in found if _form(m.title)[:2] == own[:2]]
    values = [value for _, value in alike]
    return [m for m, _ in alike] if len({*values, own[2]}) == len(values) + 1 else []


def _opens(title: str, number: Numbering) -> bool:
    return number.start <= 1 and fold(title)[: number.start] in {"", "[", "【", "〔", "("}


def _form(title: str) -> tuple[str, str, int | None]:
    """The unit, the sign that closes the number, and the number itself."""
    folded, number = fold(title), numbering_of(title)
    return (number.unit, folded[number.end : number.end + 1].strip(), number.value) if number else ("", "", None)
