"""How well copies are told from strangers: `python -m benchmarks.copies [DATA] [--quick]` prints the rows.

What they mean: docs/copies.md.
DATA is the folder with the measuring data (default ../shared/data); mutations are our own (`benchmarks/mutate.py`).
"""

import argparse
import gzip
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from benchmarks.kept import keep
from benchmarks.mutate import PARTIAL, WHOLE, spun
from benchmarks.shelf import Shelf
from crawler.extraction import extract_page
from crawler.readers.read_page import details_of
from storage import Archive
from wangqi.copies.compare import compare
from wangqi.copies.fingerprint import fingerprint
from wangqi.copies.shingles import grams, similarity
from wangqi.copies.tampering import alarm, findings
from wangqi.copies.trust import Registry, look
from wangqi.text.forms import display, match_key


@dataclass(frozen=True, slots=True)
class Story:
    text: str
    title: str
    outlet: str
    date: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One text that arrives, and the story it truly belongs to."""

    story: int
    kind: str
    text: str
    title: str
    host: str
    date: datetime | None


def stories(data: Path) -> list[Story]:
    with gzip.open(data / "texts" / "genuine.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = [
        Story(
            display("\n".join(row["paras"])),
            row["title"],
            row["outlet"],
            datetime.strptime(row["date"], "%Y%m%d").replace(tzinfo=UTC),
        )
        for row in rows
    ]
    return [story for story in found if 300 <= len(story.text) <= 6000]


def row(name: str, figure: str, asked: str) -> None:
    print(f"{name:58} {figure:34} {asked}", flush=True)


def seed(data: Path) -> None:
    original = (data / "seed" / "reconstruction.txt").read_text(encoding="utf-8")
    page = (data / "seed" / "page.txt").read_text(encoding="utf-8")
    result = compare(original, page)
    brand = ", ".join(f"{word} x{count}" for word, count in result.injected)
    figure = f"{result.verdict}, {len(result.number_conflicts)} numbers, {result.swap_count} swaps, {brand}"
    row("seed against its reconstruction", figure, "altered, 0, >= 150, 乐发500")
    signs = findings(page)
    detectors = {sign.detector for sign in signs if sign.score >= 0.5}
    row("seed alone", f"{alarm(signs)}, {len(detectors)} detectors", "strong signs, >= 3")


def siblings(every: Sequence[Story]) -> list[tuple[int, int]]:
    """Pairs of different stories, by date or title, that share a formula: J3 from .3 to .95."""
    bands: defaultdict[int, list[int]] = defaultdict(list)
    keys = [match_key(story.text) for story in every]
    pairs: set[tuple[int, int]] = set()
    for place, key in enumerate(keys):
        for band in fingerprint(key, "").bands:
            pairs.update((other, place) for other in bands[band][-20:])
            bands[band].append(place)
    return [
        (one, other)
        for one, other in sorted(pairs)
        if (every[one].date != every[other].date or every[one].title != every[other].title)
        and 0.3 <= similarity(grams(keys[one]), grams(keys[other]))[0] < 0.95
    ]


def template_siblings(every: Sequence[Story], pairs: Sequence[tuple[int, int]]) -> None:
    for name, known in (("texts alone", False), ("with title, date, host", True)):
        words = Counter(_verdict(every[one], every[other], known=known) for one, other in pairs)
        joined = words["same"] + words["altered"]
        figure = f"{joined / max(1, len(pairs)):.4f} ({joined} of {len(pairs)})"
        row(f"template siblings joined, {name}", figure, "<= .005")


def _verdict(one: Story, other: Story, *, known: bool) -> str:
    if not known:
        return compare(one.text, other.text).verdict
    return compare(
        one.text,
        other.text,
        title_a=one.title,
        title_b=other.title,
        published_a=one.date,
        published_b=other.date,
        hosts_a=(one.outlet,),
        hosts_b=(other.outlet,),
    ).verdict


def series(data: Path, every: Sequence[Story], count: int, rng: random.Random) -> None:
    """Different stories in the editor's note, footer and 往期 list of the seed."""
    lines = (data / "seed" / "reconstruction.txt").read_text(encoding="utf-8").strip().split("\n")
    head, tail = "\n".join(lines[:3]), "\n".join(lines[-8:])
    chosen = rng.sample(list(every), count)
    for name, length in (("whole stories", 6000), ("stories of 300 characters", 300)):
        shelf = Shelf()
        for story in chosen:
            shelf.add(display(f"{head}\n{story.text[:length]}\n{tail}"), title=story.title, host="series.example")
        joined = len(chosen) - len(set(shelf.story))
        pairs = sum(
            compare(
                display(f"{head}\n{one.text[:length]}\n{tail}"), display(f"{head}\n{two.text[:length]}\n{tail}")
            ).verdict
            in {"same", "altered"}
            for one, two in pairwise(chosen)
        )
        row(f"series {name} joined: end to end, by pairs", f"{joined}, {pairs} of {len(chosen)}", "0")
        framed = [(story.title, display(f"{head}\n{story.text[:length]}\n{tail}")) for story in chosen]
        in_archive(framed, random.Random(length))


def in_archive(framed: Sequence[tuple[str, str]], rng: random.Random) -> None:
    """The same through the pipelines and an archive, and a spun mirror of each; the frame of each is spun as well."""
    with Archive("sqlite://") as archive:
        first = [
            keep(archive, "series", f"https://series.example/{n}", text, title)
            for n, (title, text) in enumerate(framed)
        ]
        row("  in an archive: joined, open cases", f"{len(first) - len(set(first))}, {len(archive.open_cases())}", "0")
        mirrors = [
            keep(archive, "series", f"https://mirror.example/{n}", display(spun(text, rng, "")), title)
            for n, (title, text) in enumerate(framed)
        ]
    right = sum(one == other for one, other in zip(first, mirrors, strict=True))
    wrong = sum(other in first and one != other for one, other in zip(first, mirrors, strict=True))
    row("  a spun mirror of each: with its own, with another", f"{right}, {wrong} of {len(first)}", "all, 0")


def repeats(every: Sequence[Story]) -> dict[int, int]:
    """Stories that the outlet ran twice: the same title, and the text as good as the same; later to first."""
    first: dict[str, int] = {}
    found = {}
    for place, story in enumerate(every):
        known = first.setdefault(story.title, place)
        if known != place and compare(every[known].text, story.text).jaccard >= 0.95:
            found[place] = known
    return found


def items(every: Sequence[Story], kin: set[int], base: int, rng: random.Random) -> list[Item]:
    """Genuine stories, all siblings among them, and mutated copies of some, in random order."""
    picked = sorted(kin | set(rng.sample(range(len(every)), min(len(every), base))))
    same = repeats(every)
    found = [
        Item(same.get(n, n), "genuine", every[n].text, every[n].title, every[n].outlet, every[n].date) for n in picked
    ]
    mutations = WHOLE | PARTIAL
    for n in rng.sample(picked, base // 4):
        other = every[rng.choice(picked)].text
        for kind in rng.sample(sorted(mutations), rng.randint(1, 4)):
            text = display(mutations[kind](every[n].text, rng, other))
            found.append(Item(same.get(n, n), kind, text, every[n].title, f"mirror{rng.randrange(200)}.example", None))
    rng.shuffle(found)
    return found


def end_to_end(arriving: Sequence[Item], *, verbose: bool) -> None:
    shelf = Shelf()
    begin = time.process_time()
    for item in arriving:
        shelf.add(item.text, title=item.title, host=item.host, published_at=item.date)
    cost = (time.process_time() - begin) / len(arriving) * 1000
    whole = [place for place, item in enumerate(arriving) if item.kind not in PARTIAL]
    joined = list(_pairs(whole, shelf.story.__getitem__))
    true = list(_pairs(whole, lambda place: arriving[place].story))
    right = sum(arriving[one].story == arriving[other].story for one, other in joined)
    figure = f"{right / max(1, len(joined)):.4f} / {right / max(1, len(true)):.4f}"
    row(f"whole copies, precision / recall ({len(arriving)} texts)", figure, ">= .995 / >= .93")
    linked: defaultdict[int, set[int]] = defaultdict(set)
    for one, other, _ in shelf.links:
        linked[one].add(shelf.story[other])
        linked[other].add(shelf.story[one])
    for kind, asked in (
        ("half", ">= .99, 0 merged"),
        ("aggregate", ">= .99, 0 merged"),
        ("excerpt", ">= .80, 0 merged"),
    ):
        places = [place for place, item in enumerate(arriving) if item.kind == kind]
        homes = {place: _homes(arriving, shelf, place) for place in places}
        hits = sum(bool(linked[place] & homes[place]) for place in places)
        merged = sum(shelf.story[place] in _homes(arriving, shelf, place, "genuine") for place in places)
        row(f"{kind}: linked, merged", f"{hits / max(1, len(places)):.3f} ({hits} of {len(places)}), {merged}", asked)
    row("cost per copy (no database)", f"{cost:.2f} ms CPU, {shelf.compared / len(arriving):.2f} compared", "<= 5 ms")
    if verbose:
        _misses(arriving, shelf, joined)


def _pairs(places: Sequence[int], group: Callable[[int], int]) -> Iterator[tuple[int, int]]:
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place in places:
        groups[group(place)].append(place)
    for members in groups.values():
        yield from combinations(members, 2)


def _homes(arriving: Sequence[Item], shelf: Shelf, place: int, kind: str | None = None) -> set[int]:
    """Where whole copies of the same story are filed, or only those of one kind."""
    return {
        shelf.story[other]
        for other, item in enumerate(arriving)
        if item.story == arriving[place].story and (item.kind == kind if kind else item.kind not in PARTIAL)
    }


def _misses(arriving: Sequence[Item], shelf: Shelf, joined: Sequence[tuple[int, int]]) -> None:
    totals, missed = Counter(), Counter()  # type: Counter[str], Counter[str]
    for place, item in enumerate(arriving):
        if item.kind in WHOLE:
            genuine = {
                shelf.story[n]
                for n, other in enumerate(arriving)
                if other.story == item.story and other.kind == "genuine"
            }
            totals[item.kind] += 1
            missed[item.kind] += shelf.story[place] not in genuine
    print("  missed:", ", ".join(f"{kind} {missed[kind]}/{totals[kind]}" for kind in sorted(totals)))
    for one, other in joined:
        if arriving[one].story != arriving[other].story:
            print(
                "  joined:", *(f"{arriving[n].kind} {arriving[n].title[:24]} {arriving[n].date}" for n in (one, other))
            )


def alarms(data: Path, every: Sequence[Story]) -> None:
    begin = time.process_time()
    raised = sum(alarm(findings(story.text, title=story.title)) != "no sign found" for story in every)
    cost = (time.process_time() - begin) / len(every) * 1000
    row("alarms on genuine stories", f"{raised} of {len(every)}, {cost:.2f} ms each", "<= 1 in 2,000")
    pages = list(web_pages(data))
    raised = sum(alarm(findings(text, title=title)) != "no sign found" for title, text in pages)
    row("alarms on genuine web pages, by their bodies", f"{raised} of {len(pages)}", "0")
    whole = list(whole_pages(data))
    seen = [(url, look(text, registry=Registry(), url=url, **facts)) for url, text, facts in whole]
    told = [(url, one) for url, one in seen if alarm(one.findings) != "no sign found"]
    row("alarms on genuine web pages, footers and heads too", f"{len(told)} of {len(whole)}", "0")
    for url, one in told:
        print(" ", url, *(sign.summary for sign in one.findings))
    spun = [(path.stem, alarm(findings(path.read_text(encoding="utf-8")))) for path in (data / "texts").glob("*.txt")]
    for name, word in sorted(spun):
        row(f"  {name}", word, "no sign found" if name.startswith("orig") else "signs")


def web_pages(data: Path) -> Iterator[tuple[str, str]]:
    """Title and body of the Chinese pages with gold answers."""
    for folder in ("zh_gne", "zh_magichtml", "zh_immortal", "zh_misc", "wechat"):
        gold = json.loads((data / folder / "gold.json").read_text(encoding="utf-8"))
        for record in gold.values() if isinstance(gold, dict) else gold:
            body = record.get("body")
            if isinstance(body, str) and len(body) >= 100:
                yield record.get("title") or "", body


def whole_pages(data: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Address (empty when it is not known), text, title and details of the same pages as a crawl reads them."""
    for folder in ("zh_gne", "zh_magichtml", "zh_immortal", "zh_misc", "wechat"):
        gold = json.loads((data / folder / "gold.json").read_text(encoding="utf-8"))
        for record in gold.values() if isinstance(gold, dict) else gold:
            url = str(record.get("url") or "")
            body = gzip.decompress((data / folder / record["file"]).read_bytes())
            page = extract_page(body, url or "https://unknown.example/1")
            if page.kind == "story":
                yield url, page.text, {"title": page.title or "", "details": details_of(page)}


def mirrors(every: Sequence[Story]) -> None:
    shelf = Shelf()
    for n in range(20):
        shelf.add(every[0].text, title=every[0].title, host=f"mirror{n}.example")
    row("20 verbatim mirrors", f"{len(set(shelf.story))} story", "1 story")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path(__file__).parents[1] / ".." / "shared" / "data")
    parser.add_argument("--quick", action="store_true", help="a sample that takes some ten seconds")
    parser.add_argument("--verbose", action="store_true", help="print what was missed and joined wrongly")
    parser.add_argument("--seed", type=int, default=7, help="of the mutations")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    every = stories(options.data)
    row("measure", "figure", "asked")
    seed(options.data)
    mirrors(every)
    kin = siblings(every)
    template_siblings(every, kin[:200] if options.quick else kin)
    series(options.data, every, 40 if options.quick else 300, rng)
    base, family = (300, 40) if options.quick else (1800, len(kin))
    arriving = items(every, {place for pair in kin[:family] for place in pair}, base, rng)
    end_to_end(arriving, verbose=options.verbose)
    alarms(options.data, every[:500] if options.quick else every)


if __name__ == "__main__":
    main()
