"""`scrapy review`: the cases that a person should decide, and the decision."""

import argparse
from dataclasses import asdict

from scrapy.exceptions import UsageError

from crawler.deciding_command import DecidingCommand, decider, text_name
from crawler.reading_command import row_count
from crawler.showing.tables import cell, json_line, print_rows, print_text
from storage import Archive


class Command(DecidingCommand):
    """List the pairs of texts on which the judge could not decide, or decide on one. No later verdict undoes it."""

    def syntax(self) -> str:
        return (
            "[--json] | same|not_same TEXT TEXT [--by NAME] | words [counts|rejected SPUN ORIGINAL [--by NAME]]"
            "    (TEXT: the id of a story, r and that of a revision, or a URL)"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--limit", metavar="N", type=row_count, default=100, help="at most N of them (100)")

    def reads_only(self, opts: argparse.Namespace) -> bool:
        return len(opts.words) < 3

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        match opts.words:
            case []:
                _list_cases(archive, opts)
            case ["words"]:
                _list_words(archive, opts)
            case ["same" | "not_same" as word, one, other]:
                done = archive.decide(text_name(one), text_name(other), word, by=decider(opts))
                print_text(json_line(done) if opts.json else cell(f"{word}: {done.what}."))
            case ["words", "counts" | "rejected" as word, spun, original]:
                pair = archive.review_pair(spun, original, word, by=decider(opts))
                print_text(json_line(pair) if opts.json else cell(f"{pair.spun} for {pair.original}: {pair.status}."))
            case _:
                raise UsageError(f"{' '.join(opts.words)!r} has no meaning here. Write: scrapy review {self.syntax()}")


def _list_cases(archive: Archive, opts: argparse.Namespace) -> None:
    print_rows(
        map(asdict, archive.open_cases(opts.limit)),
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


def _list_words(archive: Archive, opts: argparse.Namespace) -> None:
    print_rows(
        map(asdict, archive.spin_pairs(limit=opts.limit)),
        as_json=opts.json,
        columns=("spun", "original", "copies", "seen", "status", "decided_by", "source"),
        nothing="No altered copy has taught a pair of words yet.",
    )
