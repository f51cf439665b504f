"""Is every story found, and nothing else? And what does it cost to come back?

`python -m benchmarks.series` crawls a generated library of 40 series with 25 stories each, every series from one story
by a `scrapy crawl` of its own into one archive, then a series of 1,000 stories on loopback: once, again unchanged, and
again with one new story on its column. It prints what issue 4 asks for.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.corpus import Piece, Series, Site, build, reachable, titles_named
from benchmarks.recrawl import Comeback, comeback
from benchmarks.scrapy_runs import crawl
from storage import Archive

WORST = 12  # lines about what went wrong


@dataclass(slots=True)
class Found:
    """What the archive holds, beside what it could hold."""

    stories: int = 0
    reachable: int = 0
    archived: int = 0
    foreign: int = 0
    unreachable: int = 0
    listed: int = 0
    silent: int = 0
    lines: list[str] = field(default_factory=list)


def write_warc(site: Site, file: Path) -> None:
    """Every page of the site; what is not in it is a dead link."""
    warc_of(site.pages(), file)


def warc_of(pages: Iterable[tuple[str, str]], file: Path) -> None:
    """Pages as (URL, HTML) into a WARC file."""
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=False)
        for url, html in pages:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(html.encode()), http_headers=head)
            writer.write_record(record)
            record.raw_stream.close()  # warcio leaves its temporary file open


def judge(archive: Archive, site: Site, series: Series, start: Piece, found: Found) -> None:
    """Adds what became of one series."""
    by_url = {piece.url: piece for piece in site.articles}
    rows = list(archive.stories(start.url))
    held = {by_url[row.url] for row in rows if row.url in by_url and by_url[row.url].series is series}
    strangers = [row for row in rows if row.url not in by_url or by_url[row.url].series is not series]
    due = reachable(site, start)
    named = titles_named(list(held))
    missing = {gap.title for gap in archive.missing(start.url)}
    lost = [piece for piece in series.stories if piece in due and piece not in held]
    away = [piece for piece in series.stories if piece not in held and piece.title in named]
    found.stories += len(series.stories)
    found.reachable += len(due)
    found.archived += len(held & due)
    found.foreign += len(strangers)
    found.unreachable += len(series.stories) - len(due)
    found.listed += sum(piece.title in missing for piece in away)
    silent = [piece for piece in away if piece.title not in missing]
    found.silent += len(silent)
    where = f"{site.host} {series.markup}"
    found.lines += [f"{where}: lost {piece.title} {piece.url}" for piece in lost]
    found.lines += [f"{where}: taken in {row.title} {row.url}" for row in strangers]
    found.lines += [f"{where}: silent about {piece.title}" for piece in silent]


def library(series: int, stories: int, seed: int, folder: Path) -> Found:
    found = Found()
    database = folder / "library.db"
    done = 0
    for site in build(series, stories, seed):
        warc = folder / f"{site.host}.warc"
        write_warc(site, warc)
        for one in site.series:
            start = Random(f"start {seed} {done}").choice(one.stories[-5:])
            ended = crawl(database, start.url, warc=warc)
            if ended.returncode not in {0, 20, 21}:
                found.lines.append(f"{site.host}: exit {ended.returncode}: {ended.stderr[-500:]}")
            with Archive(f"sqlite:///{database}", read_only=True) as archive:
                judge(archive, site, one, start, found)
            done += 1
            if sys.stderr.isatty():
                print(f"\r{done} of {series} series", end="", file=sys.stderr)
        warc.unlink()
    return found


def report(found: Found) -> None:
    share = found.archived / max(1, found.reachable)
    foreign = found.foreign / max(1, found.archived + found.foreign)
    print(f"stories {found.stories}, of which {found.reachable} can be reached")
    print(f"reachable stories archived      {share:.4f}  ({found.archived} of {found.reachable}; asked 0.995)")
    print(f"stories of others taken in      {foreign:.4f}  ({found.foreign}; asked at most 0.002)")
    print(f"not to be reached               {found.unreachable}; named and listed as missing {found.listed}")
    print(f"named, not held, not listed     {found.silent}  (asked 0)")
    for line in found.lines[:WORST]:
        print(f"  {line}")
    if len(found.lines) > WORST:
        print(f"  … and {len(found.lines) - WORST} more")


def report_comeback(back: Comeback) -> None:
    first, second, third = back.first, back.unchanged, back.one_new
    asked = back.watched + 0.02 * back.stories
    print(f"\na series of {back.stories} stories, {back.pause} s between two requests")
    print(f"first crawl                     {first.requests} requests, {first.seconds:.1f} s, {first.cpu:.1f} s of CPU")
    print(f"again, unchanged                {second.requests} requests (asked at most {asked:.0f})")
    print(f"  time                          {second.seconds:.1f} s, {second.seconds / first.seconds:.2%} (asked 3 %)")
    print(f"  CPU                           {second.cpu:.1f} s, {second.cpu / first.cpu:.2%}")
    print(f"  new rows in revision          {second.revisions - first.revisions} (asked 0)")
    print(f"one new story on the column     {'archived' if back.has_new else 'NOT archived'}", end="")
    print(f" with {third.requests - second.requests} more requests (asked at most 5)")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--series", type=int, default=40)
    options.add_argument("--stories", type=int, default=25, help="of each series")
    options.add_argument(
        "--long", type=int, default=1000, help="stories of the series that is crawled again; 0 for none"
    )
    options.add_argument("--pause", type=float, default=0.1, help="seconds between two requests of that crawl")
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="series-") as folder:
        if chosen.series:
            report(library(chosen.series, chosen.stories, chosen.seed, Path(folder)))
        if chosen.long:
            report_comeback(comeback(chosen.long, chosen.pause, chosen.seed, Path(folder)))


if __name__ == "__main__":
    main()
