"""`scrapy review`: the cases that a person should decide, and the decision."""

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Literal

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import row_count
from crawler.cli.review_command import ReviewCommand, decider, text_name
from crawler.cli.terminal import print_error, print_rows, print_text, print_told, told_lines
from crawler.scope import probes
from storage import Archive
from storage.db.errors import UndecidableError, UnknownTextError
from storage.locks import series_lock
from storage.rows import RulingRow
from views.cells import cell, json_line
from views.diff_pieces import compared
from wangqi.program import program
from wangqi.urls import is_web_url

_IN_COMMON = frozenset({"same", "altered", "excerpt", "superset", "sibling", "review"})
_REVISION = re.compile(r"r(\d{1,18})")


class Command(ReviewCommand):
    """List what a person should decide, or decide: whose a page's newest text is, which texts are one, which pages
    belong to a series.

    No later verdict undoes a decision; a person may.
    """

    def syntax(self) -> str:
        return (
            "[--json] | accept|refuse rREVISION | same|not_same TEXT TEXT [--yes]"
            " | belongs|foreign TEXT [--block] [--series NAME]"
            " | members [--series NAME] | words [counts|rejected SPUN ORIGINAL] | decisions | undo NUMBER [--by NAME]"
            "    (TEXT: the id of a story, r and that of a revision, or a URL)"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--series", metavar="NAME", help="the series to which a page belongs, or not")
        parser.add_argument("--block", action="store_true", help="all pages that the 往期 lines of this page lead to")
        parser.add_argument("--yes", action="store_true", help="join even texts that have nothing in common")
        parser.add_argument("--limit", metavar="N", type=row_count, default=100, help="at most N of them (100)")

    def reads_only(self, opts: argparse.Namespace) -> bool:
        return not opts.words or (len(opts.words) == 1 and opts.words[0] in _LISTS)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        match opts.words:
            case []:
                _list_cases(archive, opts)
            case [name] if name in _LISTS:
                _LISTS[name](archive, opts)
            case ["same" | "not_same" as word, one, other]:
                if word == "same" and not opts.yes:
                    _ask(archive, one, other)
                done = archive.decide(text_name(one), text_name(other), word, by=decider(opts))
                print_text(json_line(done) if opts.json else told_lines(cell(f"{word}: {done.what}.")))
            case ["accept" | "refuse" as word, name] if match := _REVISION.fullmatch(name):
                _print_done(archive.decide_held(int(match[1]), word, by=decider(opts)), opts)
            case ["belongs" | "foreign" as word, name]:
                url = _page(archive, name)
                with series_lock(self.archive_url, _series_of(archive, url, opts)):
                    _place(archive, url, word, opts)
            case ["undo", number] if number.isdecimal() and int(number) < 2**63:
                _undo(archive, self.archive_url, int(number), opts)
            case ["words", "counts" | "rejected" as word, spun, original]:
                pair = archive.review_pair(spun, original, word, by=decider(opts))
                print_text(
                    json_line(pair)
                    if opts.json
                    else told_lines(cell(f"{pair.spun} for {pair.original}: {pair.status}."))
                )
            case _:
                raise UsageError(
                    f"{' '.join(opts.words)!r} has no meaning here. Write: {program()} review {self.syntax()}"
                )


def _ask(archive: Archive, one: str, other: str) -> None:
    """Lets nobody join by a slip what has nothing in common."""
    texts = [archive.text(text_name(name)) for name in (one, other)]
    if texts[0].text_id == texts[1].text_id or compared(*texts).verdict in _IN_COMMON:
        return
    titles = " and ".join(f"《{text.title}》" for text in texts)
    if sys.stdin.isatty():
        print_told(cell(f"{titles} have nothing in common. Join them all the same? [y/N] "))
        if sys.stdin.readline().strip().lower() in {"y", "yes", "是"}:
            return
    raise UsageError(f"{titles} have nothing in common. To join them all the same, add --yes.", print_help=False)


def _page(archive: Archive, name: str) -> str:
    """The address of the page that a person means: of a story the one that stands for it."""
    return text_name(name) if is_web_url(name) else archive.text(name).url


def _place(archive: Archive, url: str, word: Literal["belongs", "foreign"], opts: argparse.Namespace) -> None:
    """The page; or, with --block, each page that its 往期 lines lead to."""
    urls = archive.named_on(url) if opts.block else [url]
    if not urls:
        raise UsageError(f"No 往期 line on {url} leads anywhere; name the pages themselves.", print_help=False)
    series = opts.series or (_series_of(archive, url, opts) if opts.block else None)
    for one in urls:
        try:
            _print_done(archive.place_page(one, word, by=decider(opts), series=series), opts)
        except (UndecidableError, UnknownTextError) as error:
            if not opts.block:
                raise
            print_error(error)


def _series_of(archive: Archive, url: str, opts: argparse.Namespace) -> str:
    if opts.series is not None:
        return archive.series(opts.series)[0].name
    known = archive.why(url)
    return archive.series(known[0].page.series_id)[0].name if known else ""


def _undo(archive: Archive, archive_url: str, number: int, opts: argparse.Namespace) -> None:
    series = next((row.series for row in archive.rulings() if row.id == number), "")
    with series_lock(archive_url, series):
        _print_done(archive.undo_ruling(number, by=decider(opts)), opts)


def _print_done(done: RulingRow, opts: argparse.Namespace) -> None:
    taken_back = f"taken back: {done.reason}."
    holds = f"{done.reason}. To take it back: {program()} review undo {done.id}"
    print_text(json_line(done) if opts.json else told_lines(cell(holds if done.undone_at is None else taken_back)))


def _list_cases(archive: Archive, opts: argparse.Namespace) -> None:
    held = [asdict(row) | {"revision": f"r{row.revision_id}"} for row in archive.held(opts.series, opts.limit)]
    if held:
        columns = ("revision", "held", "held_visits", "story_id", "title", "new_title", "reason", "url")
        print_rows(held, as_json=opts.json, columns=columns, nothing="")
        if not opts.json:
            print_told(
                cell(f"`{program()} diff STORY rREVISION` shows one; then: {program()} review accept|refuse rREVISION")
            )
    cases = list(archive.open_cases(opts.limit))
    if held and not cases:
        return
    print_rows(
        map(asdict, cases),
        as_json=opts.json,
        columns=(
            "story_id",
            "other_story_id",
            "verdict",
            "score",
            "title",
            "other_title",
            "reason",
            "url",
            "other_url",
        ),
        nothing="No case is open.",
    )


def _list_doubtful(archive: Archive, opts: argparse.Namespace) -> None:
    print_rows(
        map(asdict, archive.doubtful(opts.series, sorted(probes.REASONS), opts.limit)),
        as_json=opts.json,
        columns=("series", "story_id", "title", "reason", "found_reason", "url"),
        nothing="No page was left out, and no story was taken for its own word alone.",
    )


def _list_decisions(archive: Archive, opts: argparse.Namespace) -> None:
    print_rows(
        map(asdict, archive.rulings(opts.limit)),
        as_json=opts.json,
        columns=("id", "series", "kind", "decided_by", "decided_at", "undone_by", "reason"),
        nothing="Nobody has decided anything about a series yet.",
    )


def _list_words(archive: Archive, opts: argparse.Namespace) -> None:
    print_rows(
        map(asdict, archive.spin_pairs(limit=opts.limit)),
        as_json=opts.json,
        columns=("spun", "original", "copies", "seen", "status", "decided_by", "source"),
        nothing="No altered copy has taught a pair of words yet.",
    )


_LISTS: Mapping[str, Callable[[Archive, argparse.Namespace], None]] = {
    "members": _list_doubtful,
    "words": _list_words,
    "decisions": _list_decisions,
}
