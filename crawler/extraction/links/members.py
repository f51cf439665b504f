"""Which links may lead to a story."""

from crawler.extraction.links import wording
from crawler.extraction.links.lines import Anchor
from crawler.extraction.links.namesakes import is_namesake
from crawler.extraction.links.page import Page

_LONGEST_TITLE = 200


def is_member(page: Page, anchor: Anchor) -> bool:
    """Whether a link may lead to a story, be its address hidden in a script, and is no way up, on or back."""
    if not 0 < len(anchor.text) <= _LONGEST_TITLE or anchor.text.startswith("#"):
        return False
    leads = page.leads_somewhere(anchor) or (anchor.is_hidden and not page.bears_title(anchor.text))
    if not (leads or is_namesake(page, anchor.text, anchor.href)):
        return False
    return not any(p.match(anchor.text) for p in (wording.MORE, wording.BACK, wording.HOME, wording.PREV, wording.NEXT))
