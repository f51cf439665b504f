"""Whole series of strangers, each out of a WARC: what a crawl from one story keeps, and what it says of the rest.

A folder holds a manifest `NAME.json` for each series. Its keys:

- `start`: the address that the crawl begins with;
- `warcs`: the files that take the place of the network, one for each crawl in turn; without it, `NAME.warc.gz`;
- `parts`: `[{url, title, aliases?, names?, number?, reachable?}]`, where `aliases` are more addresses of the same
  story, `names` other wordings under which pages name it, and `number` is its number in the series;
- `reachable`: the addresses of the parts that can be reached, where the parts do not say it themselves;
- `also_ok`: addresses (or `{url}`) that may be kept, too, such as a contents page;
- `unlinked`, `removed`: titles (or `{title, url}`) that pages name and that cannot be had: they must be listed;
- `strangers`: `[{title, url}]` of stories beside it.
"""

import json
import re
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Progress
from benchmarks.scrapy_runs import crawl, ledger

_SETTINGS = ("RETRY_PAUSE=0", "EXTRACT_WORKERS=1")
_SHOWN = 5  # lines of each kind about one series
_HELD = frozenset({"stored", "copy only"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    title: str
    urls: frozenset[str]
    names: tuple[str, ...] = ()
    number: int | None = None
    is_reachable: bool = True

    def is_named(self, line: str, url: str, number: int | None = None) -> bool:
        """A line of the ledger means this part: by address, number, or a title that may be cut or decorated."""
        if url in self.urls or (number is not None and number == self.number):
            return True
        said, own = _key(line), _key(self.title)
        if not said:
            return False
        return (
            said in (own, *map(_key, self.names)) or (len(said) >= 4 and said in own) or (len(own) >= 5 and own in said)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    name: str
    start: str
    warcs: tuple[Path, ...]
    parts: tuple[Part, ...]
    also_ok: frozenset[str]
    nowhere: tuple[Part, ...]
    strangers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the archive holds after the crawls: the addresses of each story, the ledger's lines; the last exit code."""

    stories: tuple[frozenset[str], ...]
    ledger: Sequence[dict[str, Any]]
    requests: int
    exit_code: int
    seconds: float = 0.0


@dataclass(slots=True, kw_only=True)
class Verdict:
    """How far the archive of one series agrees with its manifest; the lists are of titles or addresses."""

    name: str
    reachable: int
    lost: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    held_but_listed: list[str] = field(default_factory=list)
    listed_though_none: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    is_told_complete: bool = False
    held: int = 0
    requests: int = 0
    exit_code: int = 0
    seconds: float = 0.0

    @property
    def lines(self) -> list[str]:
        """What a reader of the table wants to know of it: the counts, then what went wrong."""
        wrong = {
            "lost": self.lost,
            "stranger": self.strangers,
            "held but listed": self.held_but_listed,
            "listed though none": self.listed_though_none,
            "silent": self.silent,
        }
        return [self._counts, *(f"  {kind}: {each}" for kind, all_of in wrong.items() for each in all_of[:_SHOWN])]

    @property
    def _counts(self) -> str:
        quiet = ", exit 0 while incomplete" if self.is_told_complete else ""
        return (
            f"{self.name}: {self.reachable - len(self.lost)} of {self.reachable}, {len(self.strangers)} strangers, "
            f"{len(self.held_but_listed)} held but listed, {len(self.listed_though_none)} listed though none, "
            f"{len(self.silent)} silent{quiet}, {self.requests} requests, exit {self.exit_code}, {self.seconds:.0f} s"
        )


def manifests(folder: Path, names: Sequence[str] = ()) -> list[Manifest]:
    """Those of a folder, or the named ones of it."""
    found = sorted(folder.glob("*.json"))
    return [_manifest(each) for each in found if not names or each.stem in names]


def run(manifest: Manifest) -> Verdict:
    """Crawls a series into an archive of its own, and judges it."""
    with tempfile.TemporaryDirectory(prefix="strangers-") as folder:
        database = Path(folder, "archive.db")
        began, code = time.monotonic(), 0
        for warc in manifest.warcs:
            code = crawl(database, manifest.start, warc=warc, settings=_SETTINGS).returncode
        seconds = time.monotonic() - began
        series, stories, requests = _kept(database)
        lines = ledger(database, series) if series else []
    outcome = Outcome(stories=stories, ledger=lines, requests=requests, exit_code=code, seconds=seconds)
    return judge(manifest, outcome)


def judge(manifest: Manifest, outcome: Outcome) -> Verdict:
    """A part is held if a story of its own has one of its addresses; two parts in one story are one part."""
    free = list(outcome.stories)
    held: list[Part] = []
    for part in manifest.parts:
        story = next((each for each in free if each & part.urls), None)
        if story is not None:
            free.remove(story)
            held.append(part)
    away = [part for part in (*manifest.parts, *manifest.nowhere) if part not in held]
    verdict = Verdict(
        name=manifest.name,
        reachable=sum(part.is_reachable for part in manifest.parts),
        lost=[part.title for part in manifest.parts if part.is_reachable and part not in held],
        strangers=[min(each) for each in free if not each & manifest.also_ok],
        held=len(held),
        requests=outcome.requests,
        exit_code=outcome.exit_code,
        seconds=outcome.seconds,
        is_told_complete=bool(away) and outcome.exit_code == 0,
    )
    missing = [line for line in outcome.ledger if line.get("state") not in _HELD]
    _judge_lines(verdict, manifest, held, away, missing)
    if outcome.exit_code == 0:
        verdict.silent = [part.title for part in away if not any(_means(line, part) for line in missing)]
    return verdict


def figures(verdicts: Sequence[Verdict], asked: str) -> list[Figure]:
    """The sums over several series."""

    def total(lists: str) -> int:
        return sum(len(getattr(each, lists)) for each in verdicts)

    reachable = sum(each.reachable for each in verdicts)
    held = sum(each.held for each in verdicts)
    return [
        Figure("reachable parts held", reachable - total("lost"), reachable, asked=asked),
        Figure("strangers taken in", total("strangers"), asked="<= 1 in 50"),
        Figure("held, yet listed as missing", total("held_but_listed"), asked="0"),
        Figure("listed as missing, yet no members", total("listed_though_none"), asked="<= 1 in 50"),
        Figure("neither held nor listed, exit 0", total("silent"), asked="0"),
        Figure("series with exit 0 while incomplete", sum(each.is_told_complete for each in verdicts), asked="0"),
        Figure("whole series", sum(not each.lost for each in verdicts), len(verdicts)),
        Figure("requests a story", sum(each.requests for each in verdicts) / max(1, held), asked="<= 2.5"),
        Figure("seconds", round(sum(each.seconds for each in verdicts))),
    ]


def run_all(chosen: Sequence[Manifest], progress: Progress) -> list[Verdict]:
    verdicts = []
    for number, manifest in enumerate(chosen, 1):
        progress(f"series {number} of {len(chosen)}: {manifest.name}")
        verdicts.append(run(manifest))
    return verdicts


def _judge_lines(
    verdict: Verdict, manifest: Manifest, held: list[Part], away: list[Part], missing: list[dict[str, Any]]
) -> None:
    """What the ledger calls missing is a part that is not held; else the line is wrong in one way or the other."""
    for line in missing:
        url = _same(line.get("url"))
        said = f"{line.get('title')} {url}".strip()
        if url in manifest.strangers:
            verdict.listed_though_none.append(said)
        elif any(url in part.urls for part in held):
            verdict.held_but_listed.append(said)
        elif not any(_means(line, part) for part in away):
            wrong = verdict.held_but_listed if any(_means(line, part) for part in held) else verdict.listed_though_none
            wrong.append(said)


def _means(line: dict[str, Any], part: Part) -> bool:
    number = line.get("ordinal") if line.get("state") == "never found" else None
    return part.is_named(line.get("title") or "", _same(line.get("url")), number)


def _kept(database: Path) -> tuple[str, tuple[frozenset[str], ...], int]:
    """The name of the series, the addresses of each story that is not merged, how many pages were asked for."""
    if not database.exists():
        return "", (), 0
    with closing(sqlite3.connect(database)) as archive:
        urls: dict[int, set[str]] = {}
        for story, url in archive.execute("SELECT id, url FROM stories"):
            urls.setdefault(story, set()).add(_same(url))
        for story, url in archive.execute("SELECT story_id, url FROM page WHERE story_id IS NOT NULL"):
            if story in urls:
                urls[story].add(_same(url))
        (requests,) = archive.execute("SELECT count(*) FROM capture").fetchone()
        (series,) = archive.execute("SELECT name FROM series ORDER BY id").fetchone() or ("",)
    return series, tuple(frozenset(each) for each in urls.values()), int(requests)


def _manifest(file: Path) -> Manifest:
    said: dict[str, Any] = json.loads(file.read_text("utf-8"))
    reachable = {_same(url) for url in said.get("reachable") or () if isinstance(url, str)}
    return Manifest(
        name=file.stem,
        start=said["start"],
        warcs=tuple(file.with_name(each) for each in said.get("warcs") or (f"{file.stem}.warc.gz",)),
        parts=tuple(_part(each, reachable) for each in said["parts"]),
        also_ok=frozenset(_same(_url(each)) for each in said.get("also_ok") or ()),
        nowhere=tuple(_absent(each) for key in ("unlinked", "removed") for each in said.get(key) or ()),
        strangers=frozenset(_same(each["url"]) for each in said.get("strangers") or ()),
    )


def _part(said: dict[str, Any], reachable: set[str]) -> Part:
    url = _same(said["url"])
    return Part(
        title=said.get("title") or "",
        urls=frozenset({url, *map(_same, said.get("aliases") or ())}),
        names=tuple(said.get("names") or ()),
        number=said.get("number"),
        is_reachable=url in reachable if reachable else said.get("reachable", True),
    )


def _absent(said: str | dict[str, str]) -> Part:
    if isinstance(said, str):
        return Part(title=said, urls=frozenset())
    return Part(title=said["title"], urls=frozenset({_same(said["url"])}))


def _url(said: str | dict[str, str]) -> str:
    return said if isinstance(said, str) else said["url"]


def _same(url: str | None) -> str:
    """An address without what two writings of it may differ in."""
    return re.sub(r"^https?://", "", url or "").rstrip("/")


def _key(title: str) -> str:
    return re.sub(r"[\W_]+", "", title).lower()
