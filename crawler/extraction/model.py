"""What `extract_page` finds on one page: frozen records without behaviour.

Everything here pickles, because it crosses a process border.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NamedTuple

from wangqi.series.parts import Parts

Kind = Literal["story", "listing", "blocked", "gone", "soft_404", "other"]
LinkKind = Literal["series", "prev", "next", "listing", "page", "entry"]
_OwnSort = Literal["named", "spoken", "series", "filed", "within"]
_OtherSort = Literal["above", "writer", "contents", "few", "dated", "home", "sitemap", "alike", "beside"]
ShelfSort = _OwnSort | _OtherSort
Precision = Literal["year", "month", "day", "minute", "second"]
Certainty = Literal["sure", "likely", "doubtful"]
BlockKind = Literal[
    "heading",
    "paragraph",
    "quote",
    "list",
    "table",
    "image",
    "caption",
    "note",
    "pull_quote",
    "document",
    "film",
    "sound",
]
DIGEST = "an issue of"  # how the evidence of an issue that is a list of links begins
MEDIA = frozenset(("image", "document", "film", "sound"))  # blocks of what stands at an address of its own


class Source(NamedTuple):
    """A document as it came: its bytes, its address after redirects, its headers."""

    body: bytes
    url: str
    headers: Mapping[str, str] | None = None


class Shelf(NamedTuple):
    """A page that may list the others of the series: nobody knows before it is read.

    Attributes:
        url: Absolute.
        title: Of the link, or "".
        sort: `named` is called as the page's title begins; `spoken` a sentence says that earlier parts are there;
            `series` is a column, 专栏 or 系列 that the page says it is in; `filed` its category or a tag; `within` a
            page in the folder of such a column, which lists no member itself; `above` a folder that it lies in;
            `writer` the page on its site of who wrote it; `contents` 归档 or 目录; `home` the front page; `sitemap`
            where sites keep theirs; `dated` the year or month of a member in a column that is kept so; `alike` a list
            beside one that shows a member, as issues of a magazine are; `few` one of a few pages that the page leads to
            at all; `beside` a story of something else that stands beside a member: another may stand behind it.
    """

    url: str
    title: str
    sort: ShelfSort


class Row(NamedTuple):
    """A link of a page that is no story, with all that it is called there."""

    url: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLink:
    """One link, or one title without a link, that leads to another page of the series.

    Attributes:
        kind: `series` a member that a 往期 or series block names; `prev` and `next` by their wording, which
            never says which story is older; `listing` the column; `page` part N of a listing or of a story;
            `entry` one entry of a page that is itself a listing.
        title: The link's text as a reader sees it, without a leading number or bullet.
        url: Absolute, resolved against `<base>`; None when the title carries no link.
        href: As written in the page, or None.
        position: Order within the page's links of the same kind, from 0.
        place: The number that a listing itself gives the row, from whatever number it begins with; or None.
        in_block: A 往期 or series block names it; the neighbours of a story are no such block.
        score: 0 to 1, how sure the finder is.
        reasons: Why, in words that `scrapy why` can print.
        is_ruled: A rule of the catalogue names it: nothing more has to speak for it.
    """

    kind: LinkKind
    title: str
    url: str | None
    href: str | None
    position: int
    place: int | None = None
    in_block: bool = False
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    is_ruled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """What a rule of the catalogue has done on a page.

    Attributes:
        name: As in "rule of www.example.gov.cn".
        version: Another one for other selectors.
        matched: Its keys that brought something.
        missed: The others, each with the reason.
        flaws: What a story lacks of what the rule was to read, as sentences.
    """

    name: str
    version: str
    matched: tuple[str, ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date with where it was found.

    Attributes:
        value: Aware; a page that names no zone is taken to speak of Asia/Shanghai (`zones.in_zone` makes it another).
        precision: What the page really printed; the finer parts of `value` are zero.
        source: `json-ld`, `meta`, `page-variable`, `label`, `time`, `url`, or a rule: `rule of www.example.gov.cn`.
        raw: The characters it was read from.
    """

    value: datetime
    precision: Precision
    source: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A name and its part in the story.

    Attributes:
        role: `author`, `source`, `editor`, `responsible_editor`, `proofreader`, `reviewer`, `photographer`,
            `publisher`, `licence` (备案号), `account` (公众号).
        name: As a reader would write it; several people joined by "、".
        raw: The characters it was read from.
        place: `label` before the name, `byline` line, `json-ld`, `meta`, `platform` script, `signature` or `text` of
            the story, `script` data beside the title, `head` title, `element` named after authors, `profile` link,
            `caption`, `foot`; or a rule, as of `FoundDate`.
    """

    role: str
    name: str
    raw: str
    place: str = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one field of a story was read, and how sure that is.

    Attributes:
        field: `title`, `published`, `author` or `source`.
        place: As `FoundDate.source` and `Credit.place` say it; of a title `heading` (a line that the head claims),
            `line` (one that only looks like it), `head` (which no line shows), `platform`, `first line`, or a rule.
        raw: The characters it was read from.
        doubt: Of a doubtful one, why, in words; else "".
    """

    field: str
    place: str
    raw: str
    certainty: Certainty
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    r"""One piece of the body in reading order.

    Attributes:
        text: Of an image its alt text, of other media their names; of a list or table its rows joined by "\n".
        url: Absolute; of images, documents, films and sounds only.
        credit: Of a caption, the name after 摄影, 供图 or the like; or None.
        level: Of a heading, 1 to 6; else 0.
    """

    kind: BlockKind
    text: str
    url: str | None = None
    credit: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    r"""A reading of one page.

    Attributes:
        evidence: Why the page is of its kind, in words.
        text: Paragraphs joined by "\n"; empty when there is no story.
        attachments: Files that a story leads to and that none of its blocks has.
        origins: Where title, date, author and source were read, of those that there are.
        cut: What was taken off the body (往期 block, footer, share widgets), as (label, text) pairs.
        canonical_url: What the page claims for itself (rel=canonical, else og:url); a claim, never an identity.
        head_title: The text of `<title>`, which searchers see and readers do not; or None. `keywords` and `description`
            of its meta elements likewise.
        addresses: Other spellings of this very page's address, where its platform itself gives them; no mere claim.
        encoding: The codec that the bytes were decoded with.
        declared_encoding: What the page or its headers said, or None.
        replaced: How many U+FFFD the decoding gave.
        next_page_url: The next part of the same story, or None.
        parts: Where the other parts of the same story are, or None.
        frames: The addresses of frames in which the body of a page without one may stand.
        shelves: Where else the series may be listed, the likeliest first.
        rows: Every link with a title, of a page that is no story; empty of a story.
        warnings: Words such as `extractors_disagree`.
        remarks: What was not taken for the series and why, as sentences; nothing is wrong with these.
        rule: What the rule of its host has done; None where there is none.
        doubts: What was seen and is not followed though it may be of the series, as sentences: the crawl ends with 20.
        doubts_of_a_list: Those that count only where it is read for its rows; a listing has them among the others.
    """

    kind: Kind
    evidence: str = ""
    title: str | None = None
    subtitle: str | None = None
    series_name: str | None = None
    ordinal: int | None = None
    subject: str | None = None
    published: FoundDate | None = None
    rival_dates: tuple[FoundDate, ...] = ()
    edited: FoundDate | None = None
    credits: tuple[Credit, ...] = ()
    origins: tuple[Origin, ...] = ()
    blocks: tuple[Block, ...] = ()
    text: str = ""
    attachments: tuple[Block, ...] = ()
    cut: tuple[tuple[str, str], ...] = ()
    links: tuple[SeriesLink, ...] = ()
    next_page_url: str | None = None
    parts: Parts | None = None
    frames: tuple[str, ...] = ()
    shelves: tuple[Shelf, ...] = ()
    rows: tuple[Row, ...] = ()
    canonical_url: str | None = None
    addresses: tuple[str, ...] = ()
    head_title: str | None = None
    keywords: str | None = None
    description: str | None = None
    language: str | None = None
    encoding: str = "utf-8"
    declared_encoding: str | None = None
    replaced: int = 0
    extractor_version: str = ""
    warnings: tuple[str, ...] = field(default=())
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    doubts_of_a_list: tuple[str, ...] = ()
    rule: RuleUse | None = None

    @property
    def published_at(self) -> datetime | None:
        return self.published.value if self.published else None

    @property
    def published_precision(self) -> Precision | None:
        return self.published.precision if self.published else None

    @property
    def published_source(self) -> str | None:
        return self.published.source if self.published else None

    def as_listing(self) -> "Extraction":
        """The same, read for its rows."""
        doubts = (*self.doubts, *self.doubts_of_a_list)
        return replace(self, kind="listing", doubts=doubts, doubts_of_a_list=())

    def credit(self, role: str) -> str | None:
        """The first name in this role, or None."""
        return next((credit.name for credit in self.credits if credit.role == role), None)

    @property
    def author(self) -> str | None:
        return self.credit("author")

    @property
    def source(self) -> str | None:
        return self.credit("source")
