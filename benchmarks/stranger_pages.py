"""Labelled pages of strangers: which of their links the finder names, and which it should."""

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.figures import Figure, Progress

Finder = Callable[[str, str], dict[str, list[str]]]
_SIDES = ("prev", "next")


@dataclass(frozen=True, slots=True)
class Page:
    """The addresses of one page by kind (`series`, `prev`, `next`): those labelled so, and those that were found."""

    template: str
    wanted: dict[str, set[str]]
    found: dict[str, set[str]]

    @property
    def precision(self) -> float:
        return len(self.wanted["series"] & self.found["series"]) / max(1, len(self.found["series"]))

    @property
    def recall(self) -> float:
        return len(self.wanted["series"] & self.found["series"]) / max(1, len(self.wanted["series"]))

    def is_wrong(self, side: str) -> bool:
        """A neighbour was named that is none."""
        return bool(self.found[side] - self.wanted[side])


def read(folder: Path, find: Finder, progress: Progress) -> list[Page]:
    """Every page of a labelled set through the finder."""
    gold: dict[str, dict[str, Any]] = json.loads((folder / "gold.json").read_text("utf-8"))
    pages = []
    for number, record in enumerate(gold.values(), 1):
        data = (folder / record["file"]).read_bytes()
        html = (gzip.decompress(data) if record["file"].endswith(".gz") else data).decode(record["encoding"], "replace")
        got = find(html, record["url"])
        pages.append(
            Page(
                template=record["template"],
                wanted={
                    kind: {link["href"] for link in record["links"] if kind in link["labels"]}
                    for kind in ("series", *_SIDES)
                },
                found={kind: set(got.get(kind, ())) for kind in ("series", *_SIDES)},
            )
        )
        progress(f"{folder.name}: {number} of {len(gold)} pages")
    return pages


def figures(pages: Sequence[Page]) -> list[Figure]:
    """The means over pages and over templates that have series links; false alarms on those that have none."""
    with_series = [page for page in pages if page.wanted["series"]]
    without = [page for page in pages if not page.wanted["series"]]
    by_template: defaultdict[str, list[Page]] = defaultdict(list)
    for page in with_series:
        by_template[page.template].append(page)
    alarms = sum(bool(page.found["series"]) for page in without)
    return [
        *_means("page", [[page] for page in with_series]),
        *_means("template", by_template.values(), asked=(">= .90", ">= .85")),
        Figure("pages without a series where one was found", alarms, len(without), asked="<= 2"),
        *(figure for side in _SIDES for figure in _neighbours(side, pages)),
    ]


def _means(unit: str, groups: Iterable[Sequence[Page]], asked: tuple[str, str] = ("", "")) -> list[Figure]:
    kept = list(groups)
    return [
        Figure(
            f"series P a {unit}", _mean([fmean(page.precision for page in group) for group in kept]), asked=asked[0]
        ),
        Figure(f"series R a {unit}", _mean([fmean(page.recall for page in group) for group in kept]), asked=asked[1]),
    ]


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0


def _neighbours(side: str, pages: Sequence[Page]) -> list[Figure]:
    """`found` counts the pages that have such a neighbour; `ok` also those that have none and where none was named."""
    having = [page for page in pages if page.wanted[side]]
    found = sum(bool(page.wanted[side] & page.found[side]) for page in having)
    quiet = sum(not page.wanted[side] and not page.found[side] for page in pages)
    return [
        Figure(f"{side} found", found, len(having), asked=">= .90"),
        Figure(f"{side} ok", found + quiet, len(pages)),
        Figure(f"{side} wrong", sum(page.is_wrong(side) for page in pages), asked="<= 6, both sides"),
    ]
