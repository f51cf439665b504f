"""Pictures whose title stands beside the link: `<a><img></a><p>02｜卖梨膏糖的人</p>`."""

from crawler.extraction.links.lines import Line
from crawler.extraction.links.page import Page
from crawler.extraction.links.self_reference import is_only_number

_LENGTHS = range(4, 61)


def give_captions(page: Page, lines: list[Line]) -> frozenset[int]:
    """Give each wordless link of these lines the bare line that follows it as its text.

    Returns:
        The indexes of the lines that were used up so.
    """
    used: set[int] = set()
    wordless = [line for line in lines if len(line.anchors) == 1 and not line.text and not line.anchors[0].text]
    for line in wordless:
        anchor = line.anchors[0]
        caption = page.lines[line.index + 1] if line.index + 1 < len(page.lines) else None
        if caption is None or caption.anchors or caption.length not in _LENGTHS or is_only_number(caption.text):
            continue
        if page.leads_somewhere(anchor):
            anchor.text = caption.text
            used.add(caption.index)
    return frozenset(used)
