"""The story sheets under `site/`, read into records that know where each page lives."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

Host = Literal["publisher", "mirror"]

SITE = Path(__file__).parent / "site"
FIRST_NUMBER = {"r": 1010, "c": 1050}  # the page numbers that a content system would have given out


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a 往期 block.

    Attributes:
        to: The id of the story, the missing story or the excerpt that the line means.
        written: The words printed, where they are not the title.
        page: The id of the page that is linked, where it is not the story's own.
    """

    to: str
    written: str | None = None
    page: str | None = None
    query: str = ""
    linked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A 往期 block; `groups` are its sections by heading, one without a heading where it has none."""

    markup: str
    heading: str
    groups: Mapping[str, tuple[Item, ...]]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for items in self.groups.values() for item in items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page that carries a story, genuine or copied.

    Attributes:
        published: ISO; its length is the precision that the page prints.
        of: The id of the story that this page copies, or None.
        relation: Of a copy: `same`, `excerpt` or `altered`.
        edition: The first edition that has the page.
    """

    id: str
    series: str
    title: str
    path: str
    published: str
    byline: str
    paragraphs: tuple[str, ...]
    host: Host = "publisher"
    block: Block | None = None
    author: str | None = None
    source: str | None = None
    ordinal: int | None = None
    head: str = ""
    encoding: str = "utf-8"
    broken: bool = False
    unnamed_next: bool = False
    edition: int = 1
    of: str | None = None
    relation: str | None = None

    @property
    def page(self) -> str:
        """The page's name in `expected.json`."""
        return f"{self.host}:{self.path}"

    @property
    def text(self) -> tuple[str, ...]:
        """The paragraphs of prose, without captions and closing credits."""
        return tuple(line for line in self.paragraphs if not line.startswith(("图：", "署：")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A story that is named and cannot be had; without a path it is linked nowhere."""

    id: str
    title: str
    path: str | None = None
    outcome: str = "no_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    name: str
    start: str
    stories: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    series: tuple[Series, ...]
    copies: tuple[Sheet, ...]
    missing: tuple[Missing, ...]

    @property
    def pages(self) -> dict[str, Sheet]:
        """Every page that carries a story, by id."""
        stories = (story for series in self.series for story in series.stories)
        return {sheet.id: sheet for sheet in (*stories, *self.copies)}


def load(edition: int) -> Sheets:
    """The site's content as it stands in an edition, 1 or 2."""
    series = tuple(
        _series(tomllib.loads((SITE / f"{name}.toml").read_text("utf-8")), edition) for name in ("river", "craft")
    )
    stories = {story.id: story for one in series for story in one.stories}
    rest = tomllib.loads((SITE / "rest.toml").read_text("utf-8"))
    return Sheets(
        series=series,
        copies=tuple(_copy(entry, stories[entry["of"]], edition) for entry in rest["copy"]),
        missing=tuple(Missing(**entry) for entry in rest["missing"]),
    )


def _series(document: Mapping[str, Any], edition: int) -> Series:
    stories = (_story(entry, document["name"], edition) for entry in document["story"])
    return Series(
        name=document["name"],
        start=document["start"],
        stories=tuple(sorted((s for s in stories if s.edition <= edition), key=lambda story: story.published)),
    )


def _story(entry: Mapping[str, Any], series: str, edition: int) -> Sheet:
    fields = {key: value for key, value in entry.items() if key not in {"body", "block", "edited"}}
    day = entry["published"][:10].replace("-", "")
    number = FIRST_NUMBER[entry["id"][0]] + int(entry["id"][1:])
    body = entry["body"].replace("$edited", entry.get("edited", ("",) * 2)[edition - 1])
    return Sheet(
        **fields,
        series=series,
        path=f"/jishi/{day[:6]}/t{day}_{number}.html",
        paragraphs=tuple(body.strip().splitlines()),
        block=_block(entry.get("block"), edition),
    )


def _copy(entry: Mapping[str, Any], original: Sheet, edition: int) -> Sheet:
    fields = {key: value for key, value in entry.items() if key not in {"paragraphs", "block"}}
    return replace(
        original,
        host="mirror",
        encoding="utf-8",
        head="",
        paragraphs=original.paragraphs[: entry.get("paragraphs")],
        block=_block(entry.get("block"), edition),
        **fields,
    )


def _block(entry: Mapping[str, Any] | None, edition: int) -> Block | None:
    if entry is None:
        return None
    groups = entry.get("groups") or {"": entry["items"] + (entry.get("items_edition_2", []) if edition > 1 else [])}
    return Block(
        markup=entry["markup"],
        heading=entry["heading"],
        groups={heading: tuple(_item(item) for item in items) for heading, items in groups.items()},
    )


def _item(entry: str | Mapping[str, Any]) -> Item:
    if isinstance(entry, str):
        return Item(to=entry)
    return Item(**{("written" if key == "as" else key): value for key, value in entry.items()})
