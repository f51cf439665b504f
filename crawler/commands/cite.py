"""`scrapy cite`: how a story is cited."""

import argparse
import json
from collections.abc import Callable, Sequence
from typing import Final

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import ArchiveCommand
from crawler.cli.story_command import one_story
from crawler.cli.terminal import print_text
from storage import Archive
from views.cells import READERS_ZONE, safe
from views.citations import bibtex, item_of, ris
from views.styles import STYLES, StylesMissing, UnknownStyle, cited
from wangqi import exit_codes
from wangqi.citing.items import Item

_RECORDS: Final[dict[str, Callable[[Sequence[Item]], str]]] = {
    "csl-json": lambda items: json.dumps(items, ensure_ascii=False, indent=1),
    "ris": lambda items: "\n\n".join(map(ris, items)),
    "bibtex": lambda items: "\n\n".join(map(bibtex, items)),
}


class Command(ArchiveCommand):
    """Cite stories: in GB/T 7714-2015, another style, or as records for a reference manager.

    The address is that of the page whose text stands for the story, the date of access that of its capture; records
    carry the SHA-256 of its bytes, too.
    """

    def short_desc(self) -> str:
        return "Cite stories in GB/T 7714, APA, …, or as CSL-JSON, RIS, BibTeX"

    def syntax(self) -> str:
        return "STORY... [--style STYLE]    (each by its number, its title, or the address of a page that carries it)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("stories", metavar="STORY", nargs="+")
        known = ", ".join([*STYLES, *_RECORDS])
        parser.add_argument("--style", default="gbt7714", help=f"{known}, or the name of any CSL style (gbt7714)")

    def answer(self, archive: Archive, opts: argparse.Namespace) -> int | None:
        style = "csl-json" if opts.json else opts.style
        items = []
        for named in opts.stories:
            detail = one_story(archive, named, Archive.story)
            if detail is None:
                return exit_codes.ERROR
            page = next(one.page_id for one in detail.revisions if one.id == detail.story.revision_id)
            zone = self.zones().get(detail.story.series, READERS_ZONE)
            items.append(item_of(detail, archive.captures(page), zone))
        print_text(_RECORDS[style](items) if style in _RECORDS else "\n".join(map(safe, _written(items, style))))
        return None


def _written(items: Sequence[Item], style: str) -> list[str]:
    """The items as a bibliography of the style has them.

    Raises:
        UsageError: No style is called so, or the libraries that know styles are not installed.
    """
    known = ", ".join([*STYLES, *_RECORDS])
    try:
        return cited(items, style)
    except StylesMissing as error:
        advice = f"Install the extra `cite` (pip install 'wangqi[cite]'), or write --style {' or '.join(_RECORDS)}"
        raise UsageError(f"The style {style!r} needs libraries that are missing. {advice}", print_help=False) from error
    except UnknownStyle as error:
        raise UsageError(f"{style!r} is no style. There are {known}, and all of CSL", print_help=False) from error
