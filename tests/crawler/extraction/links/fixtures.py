"""The written pages of many templates, each with what a reader says of it; and how a reading is scored."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from crawler.extraction import extract_page
from crawler.extraction.model import Extraction
from wangqi.titles.anatomy import key

PAGES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Fixture:
    """A page and its gold; `series` holds hrefs as written, or the title where there is no link."""

    name: str
    body: bytes
    url: str
    gold: dict[str, object]

    @property
    def series(self) -> list[str]:
        rows: list[list[str | None]] = self.gold["series"]  # type: ignore[assignment]  # as the file is written
        return [href or f"title:{key(title or '')}" for href, title in rows]


@dataclass(slots=True)
class Score:
    """Counts over several pages."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    neighbours: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        return self.right / ((self.right + len(self.wrong)) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + len(self.missed)) or 1)


def fixtures(batch: str) -> list[Fixture]:
    found = []
    for path in sorted((PAGES / batch).glob("*.html")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found.append(Fixture(path.stem, path.read_bytes(), gold["url"], gold))
    return found


def read(fixture: Fixture) -> Extraction:
    return extract_page(fixture.body, fixture.url, {"Content-Type": "text/html; charset=utf-8"})


def named(page: Extraction, kind: str) -> list[str]:
    rows = [link for link in page.links if link.kind == kind]
    return list(dict.fromkeys(link.href or f"title:{key(link.title)}" for link in rows))


def score(pages: list[tuple[Fixture, Extraction]]) -> Score:
    total = Score()
    for fixture, page in pages:
        want, have = set(fixture.series), set(named(page, "series"))
        total.right += len(want & have)
        total.wrong += [f"{fixture.name}: {one}" for one in sorted(have - want)]
        total.missed += [f"{fixture.name}: {one}" for one in sorted(want - have)]
        if have and not want:
            total.alarms.append(fixture.name)
        for kind in ("prev", "next"):
            wanted, got = fixture.gold[kind], named(page, kind)
            if (wanted in got) if wanted else not got:
                continue
            total.neighbours.append(f"{fixture.name}: {kind} wanted {wanted}, got {got}")
        _credit(total, fixture, page)
    return total


def _credit(total: Score, fixture: Fixture, page: Extraction) -> None:
    day = page.published.value.date().isoformat() if page.published else None
    wanted = fixture.gold["published"]
    got = {"title": page.title, "published": day, "source": page.source, "author": page.author}
    gold = {**fixture.gold, "published": str(wanted)[:10] if wanted else None}
    for name, value in got.items():
        if value != gold[name]:
            total.fields.setdefault(name, []).append(f"{fixture.name}: wanted {gold[name]!r}, got {value!r}")
