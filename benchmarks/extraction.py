"""Article extraction on gold pages, ours beside its peers.

    python -m benchmarks.extraction [DATA] [--only wangqi trafilatura] [--worst 10]

DATA holds one folder a set, each with `gold.json` (id -> file, encoding, kind, lang, url, title, date, author, source,
body) and gzipped pages; default ../shared/data. Bodies are scored by n-gram shingles as in Zyte's article extraction
benchmark: 4 characters in Chinese, 4 words in English; precision and recall are means over pages, F1 is of the two.
Pages are handed over decoded, so the figures are of extraction alone; encodings have their own row.
"""

import argparse
import contextlib
import gzip
import importlib.util
import io
import json
import logging
import re
import statistics
import time
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.article_extractors import EXTRACTORS, OURS, Extractor, Reading
from crawler.extraction.source.decode import decode

CHINESE = ("zh_gne", "zh_magichtml", "zh_immortal", "wechat")
STORIES = frozenset(("news", "gov", "wechat"))
SHORT, BIG = 300, 1_500_000
_GAP = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad\ue000-\uf8ff]+")
# CleanEval put each page in <text id=URL title=T encoding=E> … </text>, and on some dropped <html>/<head>.
_CLEANEVAL = re.compile(rb'^\s*<text id="[^"]*"(?: title="(.*?)")? encoding="[^"]*">(.*?)(?:</text>\s*)?$', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """One gold page."""

    id: str
    html: str
    gold: dict[str, str | None]

    def __getitem__(self, field: str) -> str:
        return self.gold.get(field) or ""


@dataclass(frozen=True, slots=True)
class Scored:
    """One page read by one extractor; precision of nothing is None, as in Zyte's benchmark; CPU in milliseconds."""

    page: Page
    reading: Reading
    precision: float | None
    recall: float
    f1: float
    cpu: float


def pages(data: Path, name: str) -> list[Page]:
    """The pages of one set; an absent set is empty."""
    index = data / name / "gold.json"
    if not index.exists():
        return []
    found = []
    for uid, gold in json.loads(index.read_text("utf-8")).items():
        raw = gzip.decompress((data / name / gold["file"]).read_bytes())
        if "CleanEval" in (gold.get("note") or "") and (wrapped := _CLEANEVAL.match(raw)):
            title, raw = wrapped.groups(b"")
            if b"<html" not in raw.lower():
                raw = b"<html><head><title>%b</title></head><body>%b</body></html>" % (title, raw)
        found.append(Page(uid, raw.decode(gold["encoding"], "replace"), gold))
    return found


def shingles(text: str, language: str) -> Counter[tuple[str, ...]]:
    """The n-grams that a body is scored by."""
    units = re.findall(r"\w+", text) if language == "en" else list(_GAP.sub("", unicodedata.normalize("NFC", text)))
    return Counter(tuple(units[i : i + 4]) for i in range(max(1, len(units) - 3))) if units else Counter()


def score(page: Page, reading: Reading, cpu: float) -> Scored:
    """Precision, recall and F1 of one body."""
    gold, found = shingles(page["body"], page["lang"]), shingles(reading.text, page["lang"])
    hits, wanted, given = (gold & found).total(), gold.total(), found.total()
    return Scored(
        page,
        reading,
        hits / given if given else None,
        hits / wanted if wanted else 0.0,
        2 * hits / (wanted + given) if wanted + given else 0.0,
        cpu,
    )


def run(extractor: Extractor, todo: Sequence[Page]) -> list[Scored]:
    """Read every page twice and take the faster time; an extractor that raises has found nothing."""
    scored = []
    for page in todo:
        reading, times = Reading(), []
        for _ in range(2):
            start = time.process_time()
            with contextlib.suppress(Exception), contextlib.redirect_stderr(io.StringIO()):
                reading = extractor(page.html, page["url"] or "http://localhost/a.html", page["lang"] or "zh")
            times.append(time.process_time() - start)
        scored.append(score(page, reading, 1000 * min(times)))
    return scored


def f1(rows: Sequence[Scored]) -> str:
    """F1 of the mean precision and recall."""
    if not rows:
        return "-"
    p, r = precision(rows), statistics.mean(x.recall for x in rows)
    return f"{2 * p * r / (p + r) if p + r else 0:.3f}"


def precision(rows: Sequence[Scored]) -> float:
    """The mean over pages for which anything was given."""
    return statistics.mean([x.precision for x in rows if x.precision is not None] or [0.0])


def share(rows: Iterable[Scored], field: str, same: Callable[[str, str], bool]) -> str:
    """Of the pages that have this field in gold, how many readings say the same."""
    pairs = [(x.page[field], getattr(x.reading, field) or "") for x in rows if x.page[field]]
    return f"{100 * sum(same(*pair) for pair in pairs) / len(pairs):.0f} % of {len(pairs)}" if pairs else "-"


def same_text(gold: str, found: str) -> bool:
    return gold.split() == found.split()


def same_names(gold: str, found: str) -> bool:
    return _names(gold) == _names(found)


def _names(text: str) -> set[str]:
    parts = re.split(r"[\s,;、，；/|]+", text)
    return {re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", part)).lower() for part in parts} - {""}


def table(
    extractor: Extractor, chinese: Sequence[Page], english: Sequence[Page]
) -> tuple[dict[str, str], list[Scored]]:
    """One column: measure to figure."""
    rows, en = run(extractor, chinese), run(extractor, english)
    body = [x for x in rows if x.page["body"] and x.page["kind"] in STORIES]
    wechat = [x for x in body if x.page["kind"] == "wechat"]
    named = [x for x in rows if x.page["kind"] in STORIES]
    big = [x.cpu for x in rows if len(x.page.html) > BIG]
    return {
        "body F1": f1(body),
        "precision": f"{precision(body):.3f}",
        "recall": f"{statistics.mean(x.recall for x in body):.3f}",
        "pages under .5": f"{sum(x.f1 < 0.5 for x in body)} of {len(body)}",
        f"F1, gold under {SHORT} characters": f1([x for x in body if len(x.page["body"]) < SHORT]),
        "WeChat body F1": f1(wechat),
        "WeChat title exact": share([x for x in named if x.page["kind"] == "wechat"], "title", same_text),
        "WeChat date exact": share([x for x in named if x.page["kind"] == "wechat"], "date", same_text),
        "title exact": share(named, "title", same_text),
        "date exact": share(named, "date", same_text),
        "author exact": share(named, "author", same_names),
        "source exact": share(named, "source", same_names),
        "other kinds of pages F1": f1([x for x in rows if x.page["body"] and x.page["kind"] not in STORIES]),
        "English F1": f1(en),
        "CPU ms a page, mean": f"{statistics.mean(x.cpu for x in rows):.1f}",
        "CPU ms a WeChat page of 3 MB": f"{statistics.mean(big):.0f}" if big else "-",
    }, rows


def ours_alone(rows: Sequence[Scored], data: Path) -> dict[str, str]:
    """What no peer claims: kinds of pages, times of day, encodings."""
    read = [(x.page["kind"], x.reading.page) for x in rows]
    gone = [page for kind, page in read if kind == "gone" and page]
    stories = [page for kind, page in read if kind in STORIES and page]
    dated = [page.published for page in stories if page.published]
    encodings = json.loads((data / "enc" / "gold.json").read_text("utf-8")) if (data / "enc").exists() else {}
    right = 0
    for gold in encodings.values():
        raw = gzip.decompress((data / "enc" / gold["file"]).read_bytes())
        texts = raw.decode(gold["encoding"], "replace"), decode(raw).text
        want, got = (Counter(re.findall(r"[\u3400-\u9fff]", text)) for text in texts)
        right += (want & got).total() > 0.995 * max(1, want.total(), got.total())
    return {
        "gone pages recognised": f"{sum(page.kind in ('gone', 'blocked') for page in gone)} of {len(gone)}",
        "stories called anything else": f"{sum(page.kind != 'story' for page in stories)} of {len(stories)}",
        "dates with a time of day": f"{sum(x.precision in ('minute', 'second') for x in dated)} of {len(dated)}",
        "encodings right": f"{right} of {len(encodings)}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    parser.add_argument("data", nargs="?", type=Path, default=default)
    parser.add_argument("--only", nargs="+", help="names of extractors")
    parser.add_argument("--worst", type=int, default=0, help="also list the N lowest pages of ours")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    chinese = [page for name in CHINESE for page in pages(args.data, name)]
    english = pages(args.data, "en_zyte")
    if not chinese:
        parser.exit(1, f"No gold.json below {args.data}: name the folder that holds {', '.join(CHINESE)}.\n")
    columns: dict[str, dict[str, str]] = {}
    for name, module, extractor, package in EXTRACTORS:
        if args.only and name not in args.only:
            continue
        if importlib.util.find_spec(module) is None:
            print(f"{name} is absent: pip install {package}")
            continue
        columns[name], rows = table(extractor, chinese, english)
        if name == OURS:
            print("\n".join(f"{measure}: {figure}" for measure, figure in ours_alone(rows, args.data).items()))
            bodies = [x for x in rows if x.page["body"] and x.page["kind"] in STORIES]
            for x in sorted(bodies, key=lambda x: x.f1)[: args.worst]:
                print(
                    f"    {x.f1:.3f} P {x.precision or 0:.2f} R {x.recall:.2f} {x.page.id[:24]} {x.page['title'][:40]}"
                )
    print("\n| measure | " + " | ".join(columns) + " |\n|---" * 1 + "|---" * len(columns) + "|")
    for measure in next(iter(columns.values()), {}):
        print(f"| {measure} | " + " | ".join(column[measure] for column in columns.values()) + " |")


if __name__ == "__main__":
    main()
