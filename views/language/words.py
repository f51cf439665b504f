"""What the states and words of the archive are called."""

from collections.abc import Mapping
from typing import Any, Final

from views.language.speech import marked, say
from wangqi.outcomes import OUTCOMES

STATES: Final[Mapping[str, str]] = {
    "stored": marked("stored"),
    "copy only": marked("copy only"),
    "tampered only": marked("tampered only"),
    "failed": marked("not fetched"),
    "waiting": marked("not visited yet"),
    "title only": marked("title only"),
    "never found": marked("number missing"),
}
CHANGES: Final[Mapping[str, str]] = {
    "new": marked("new"),
    "revised": marked("revised"),
    "held": marked("held back"),
    "reread": marked("read anew"),
    "tampered": marked("tampered with"),
    "gone": marked("gone"),
}
RELATIONS: Final[Mapping[str, str]] = {
    "same": marked("the same words"),
    "altered": marked("altered"),
    "excerpt": marked("an excerpt"),
    "superset": marked("holds it, and more"),
    "sibling": marked("a sibling"),
    "not_same": marked("another story"),
}
OUTCOME_WORDS: Final[Mapping[str, str]] = {
    "stored": marked("stored"),
    "filled": marked("filled"),
    "revised": marked("revised"),
    "copy": marked("copy"),
    "unchanged": marked("unchanged"),
    "incomplete": marked("incomplete"),
    "tampered": marked("tampered with"),
    "other_story": marked("another story"),
    "doubtful": marked("doubtful"),
    "listing": marked("list"),
    "part": marked("part"),
    "failed": marked("not fetched"),
    "truncated": marked("cut short"),
    "blocked": marked("blocked"),
    "unreadable": marked("unreadable"),
    "dead": marked("dead"),
    "gone": marked("gone"),
    "soft_404": marked("gone (said with 200)"),
    "not_story": marked("no story"),
    "too_large": marked("too large"),
    "robots": marked("not allowed by robots.txt"),
    "out_of_scope": marked("out of scope"),
}
ROLES: Final[Mapping[str, str]] = {
    "author": marked("author"),
    "source": marked("source"),
    "editor": marked("editor"),
    "responsible_editor": marked("responsible editor"),
    "proofreader": marked("proofreader"),
    "reviewer": marked("reviewer"),
    "photographer": marked("photographer"),
    "publisher": marked("publisher"),
    "licence": marked("licence number"),
    "account": marked("account"),
}
PLACES: Final[Mapping[str, str]] = {
    "label": marked("its label"),
    "byline": marked("the byline"),
    "json-ld": marked("JSON-LD"),
    "meta": marked("a meta tag"),
    "platform": marked("the platform's script"),
    "signature": marked("the signature"),
    "text": marked("the text"),
    "script": marked("a script of the page"),
    "head": marked("the page's head"),
    "element": marked("an element named so"),
    "profile": marked("a profile link"),
    "caption": marked("a caption"),
    "foot": marked("the foot of the page"),
    "heading": marked("the headline"),
    "line": marked("a line above the text"),
    "first line": marked("the first line"),
    "url": marked("the address"),
    "time": marked("a time element"),
    "header": marked("the answer's header"),
    "listing": marked("the column"),
}
EXIT_CODES: Final[Mapping[int, str]] = {
    0: marked("complete"),
    1: marked("an error, or no story"),
    3: marked("the disk was full"),
    11: marked("stopped"),
    13: marked("stopped at once"),
    14: marked("stopped at a limit"),
    20: marked("not known to be whole"),
    21: marked("nothing new, though expected"),
}
LINKS: Final[Mapping[str, str]] = {
    "series": marked("a line of a 往期 block"),
    "prev": marked("a link to the previous story"),
    "next": marked("a link to the next story"),
    "listing": marked("a link to the column"),
    "page": marked("a link to a further part"),
    "entry": marked("an entry of a column"),
    "lead": marked("a link to a page that may list the series"),
    "alias": marked("another address of the same page"),
}
PAGE_CHANGES: Final[Mapping[str, str]] = {
    "substantive": marked("its words are others than before"),
    "cosmetic": marked("only points, spaces or the script differ"),
    "list_only": marked("only its list of other stories differs"),
    "reread": marked("the same bytes, read by another version of ours"),
    "other_story": marked("it carries another story than before"),
    "tampered": marked("it shows strong signs of tampering; the last good text stands for the story"),
    "doubtful": marked("a stranger could have changed it so; the last good text stands for the story"),
    "truncated": marked("it is the beginning of what it was; the whole text stands for the story"),
    "cleaned": marked("it showed strong signs of tampering before, and shows none any more"),
    "became_block": marked("a story before, and now a block page"),
    "deleted": marked("a story before, and now deleted"),
}
VERDICTS: Final[Mapping[str, str]] = {
    **RELATIONS,
    "review": marked("a case for a person"),
    "different": marked("different"),
}
PAGE_KINDS: Final[Mapping[str, str]] = {
    "tampered": marked("tampered with"),
    "other_story": marked("another story"),
    "doubtful": marked("doubtful"),
    "truncated": marked("cut short"),
}
EXPORTS: Final[Mapping[str, str]] = {
    "epub": marked("EPUB, a book"),
    "html": marked("HTML, one page"),
    "markdown": marked("Markdown"),
    "csv": marked("CSV"),
    "jsonl": marked("JSON lines"),
    "csl-json": marked("CSL-JSON, citations"),
    "warc": marked("WARC, the pages as fetched"),
    "wacz": marked("WACZ, to be replayed"),
}
HEALTH: Final[Mapping[str, str]] = {
    "well": marked("well"),
    "look": marked("have a look"),
    "broken": marked("broken"),
}
TRUST: Final[Mapping[str, str]] = {
    "verified": marked("verified"),
    "known": marked("known"),
    "unknown": marked("unknown"),
    "suspect": marked("suspect"),
    "hijacked": marked("hijacked"),
}
# What a run was, and what a person ruled of a page.
KINDS: Final[Mapping[str, str]] = {
    "crawl": marked("crawl"),
    "fill": marked("search for what is missing"),
    "import": marked("import"),
    "belongs": marked("of this series"),
    "foreign": marked("not of this series"),
}
# How a crawl ended, in Scrapy's words and ours.
RUN_ENDS: Final[Mapping[str, str]] = {
    "finished": marked("finished"),
    "shutdown": marked("told to stop"),
    "killed": marked("killed"),
    "start_error": marked("could not begin"),
    "limit_pages": marked("as many pages as it may"),
    "limit_minutes": marked("as long as it may"),
    "closespider_timeout": marked("as long as it may"),
    "closespider_pagecount": marked("as many pages as it may"),
    "closespider_itemcount": marked("as many stories as it may"),
    "closespider_errorcount": marked("too many errors"),
    "memusage_exceeded": marked("too much memory"),
    "disk_full": marked("the disk was full"),
    "archive_error": marked("the archive failed"),
    "series_taken": marked("another crawl has the series"),
}
assert OUTCOME_WORDS.keys() == OUTCOMES.keys()
# Every word of the archive; one that means several things as the last of these tables has it.
WORDS: Final[Mapping[str, str]] = {
    **HEALTH,
    **TRUST,
    **KINDS,
    **RUN_ENDS,
    **VERDICTS,
    **PAGE_CHANGES,
    **CHANGES,
    **STATES,
    **OUTCOME_WORDS,
}


def word(table: Mapping[Any, str], key: object) -> str:
    """What the key is called; a key that the table lacks as it is."""
    return say(table[key]) if key in table else str(key or "")
