"""PURE: a page and the other documents of its story, read as one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from crawler.extraction.model import Extraction, Source
from crawler.extraction.page import Asked, Read, read_page, stripped
from crawler.extraction.parts.documents import NOTHING, Assembly, Document, Part
from crawler.extraction.parts.joining import frame_of, fresh, joined, key_of
from crawler.readers.filed import file_of, filed
from wangqi.series.parts import MOST_PARTS, Parts, is_titled_alike, unmarked
from wangqi.titles.issues import ordinal_of
from wangqi.urls import canonical_or_none

Verdict = Literal["part", "foreign", "echo", "lost"]
_NO_STORY = frozenset({"gone", "soft_404", "blocked"})
_PIECE = 20  # characters: a sentence
_SHORT = 200  # characters; a longer text is the page's own body
_MOST_OF = 0.8  # of a page's own blocks that the page with the whole text has to have
_LEAST_OF_PARTS = 0.5  # of the length that so many parts would have


def assemble(
    source: Source, documents: Mapping[str, Document], asked: Asked | None = None
) -> tuple[Extraction, Assembly]:
    """The page read with what is there of its other documents; `Assembly.wanted` says which it lacks.

    Which page is a part is decided at both ends: the first has to link it as one, and it has to bear the title of the
    first and to say something new.

    Args:
        source: The page.
        documents: By their canonical URL.
        asked: What is known of the page.
    """
    asked = asked or Asked()
    read = read_page(source, asked)
    told = stripped(read.page), NOTHING
    if read.page.parts and _may_begin(read.page):
        told = _parted(read, read.page.parts, documents, asked._replace(named=None))
    is_bodiless = read.page.kind in {"other", "listing"} or len(read.page.text) < _SHORT
    if told[1] == NOTHING and (file := file_of(read.page)):
        return filed(read.page, file, documents)
    if told[1] == NOTHING and read.page.frames and is_bodiless:
        return _framed(source, read, documents, asked)
    return told


def _may_begin(page: Extraction) -> bool:
    """Whether it may be a piece of a story: an empty month of a calendar has 下一页, too."""
    says = any(block.url for block in page.blocks) or len(page.text) >= _PIECE
    return page.kind == "story" or (page.kind == "other" and says)


def _framed(source: Source, read: Read, documents: Mapping[str, Document], asked: Asked) -> tuple[Extraction, Assembly]:
    """The page with its body, where one of its frames holds it.

    A frame that tells a story of another title opens a book at one of its pages; the frame beside it may list them.
    """
    opened: tuple[Extraction, Assembly] | None = None
    by_url = {url: target for target in read.page.frames if (url := canonical_or_none(target))}
    lost: list[Part] = []
    for url, target in by_url.items():
        document = documents.get(url)
        if document is None:
            return stripped(read.page), Assembly(wanted=(url,))
        if document.source is None:
            lost.append(Part(role="frame", url=url, lacks=document.reason))
            continue
        whole = read_page(source, asked, {target: document.source})
        tells = whole.page.kind == "story" and len(whole.page.text) > len(read.page.text) + _SHORT // 2
        lists = whole.page.kind == "listing" and read.page.kind == "other"
        if lists or (tells and opened is None):
            evidence = f"{whole.page.evidence}, in the frame {url}"
            framed = stripped(replace(whole.page, evidence=evidence)), Assembly(parts=(Part(role="frame", url=url),))
            if lists or not _is_of_another(read_page(document.source), read):
                return framed
            opened = framed
    if opened:
        return opened
    return stripped(read.page), Assembly(parts=tuple(lost) if read.page.kind != "listing" else ())


def _is_of_another(frame: Read, page: Read) -> bool:
    return frame.page.kind == "story" and bool(page.page.title) and not _is_alike(frame, page, 1)


def _parted(read: Read, plan: Parts, documents: Mapping[str, Document], asked: Asked) -> tuple[Extraction, Assembly]:
    alone = stripped(read.page)
    known = {number: url for number, target in plan.others if (url := canonical_or_none(target))}
    story = _Story(read, plan, documents, known, asked)
    if plan.back and (url := canonical_or_none(plan.back)):
        document = documents.get(url)
        if document is None:
            return alone, Assembly(wanted=(url,))
        if document.source:
            is_part = _verdict(read_page(document.source, asked), read, plan.number) == "part"
            return alone, Assembly(part_of=url, number=plan.number) if is_part else NOTHING
    if plan.whole and (url := canonical_or_none(plan.whole)):
        document = documents.get(url)
        if document is None:
            return alone, Assembly(wanted=(url,))
        if document.source and (whole := _with_all(read, plan, other := read_page(document.source, asked))):
            part = Part(role="whole", url=url)
            return _without_links(whole, {url, *known.values()}), Assembly(parts=(part,), number=plan.number)
        if not known and document.source and _verdict(read, other, 2) == "part":
            known[plan.number + 1] = url  # 阅读余下全文
        elif not known and not document.source and plan.is_near:
            part = Part(role="whole", url=url, lacks=document.reason)
            return alone, Assembly(parts=(part,), number=plan.number)
    return story.result()


def _without_links(page: Extraction, urls: Collection[str | None]) -> Extraction:
    """The page without what leads to its own parts."""
    return replace(
        page, links=tuple(link for link in page.links if not link.url or canonical_or_none(link.url) not in urls)
    )


def _with_all(read: Read, plan: Parts, whole: Read) -> Extraction | None:
    """The story as a page has it that is said to have all of it; None where it has not."""
    if whole.page.kind != "story" or not _is_alike(read, whole, 1):
        return None
    own = [key for block in read.page.blocks if (key := key_of(block))]
    theirs = {key_of(block) for block in whole.page.blocks}
    least = len(read.page.text) * max(1.0, _LEAST_OF_PARTS * plan.count)
    if sum(key in theirs for key in own) < _MOST_OF * len(own) or len(whole.page.text) <= least:
        return None
    return replace(joined([read, whole]), blocks=whole.page.blocks, text=whole.page.text)


def _is_alike(first: Read, part: Read, number: int) -> bool:
    """Whether the titles are one: those over the stories, or that of the part's page names the story."""
    if is_titled_alike(first.page.title, part.page.title, number):
        return True
    title, head = first.page.title, part.page.head_title
    return bool(title and head and len(title) > 3 and title in head)


def _verdict(first: Read, part: Read, number: int) -> Verdict:
    """What a page is to the story of another, under the number by which that one links it."""
    if part.page.kind in _NO_STORY:
        return "lost"
    if not _is_alike(first, part, number):
        return "foreign" if part.page.kind in {"story", "listing"} else "lost"
    return "part" if fresh(part, first.page.blocks, frame_of([first])) else "echo"


@dataclass(slots=True)
class _Story:
    """A story while its parts are gathered, from its first page on, or from the first that is to be had.

    Attributes:
        known: Where its parts are, by their number.
        asked: What is known of each of its pages.
    """

    first: Read
    plan: Parts
    documents: Mapping[str, Document]
    known: dict[int, str]
    asked: Asked
    reads: dict[int, Read] = field(default_factory=dict)
    lost: dict[int, Part] = field(default_factory=dict)

    def result(self) -> tuple[Extraction, Assembly]:
        alone = stripped(self.first.page)
        self.reads[self.plan.number] = self.first
        while todo := sorted(self.known.keys() - self.reads.keys() - self.lost.keys()):
            if todo[0] > MOST_PARTS:
                too_many = f"no more than {MOST_PARTS} parts of one story are read"
                self.lost[todo[0]] = Part(role="part", url=None, number=todo[0], lacks=too_many)
                continue
            number = next((number for number in todo if self.known[number] in self.documents), None)
            if number is None:
                # The first of them says whether they are parts at all.
                most = MOST_PARTS if len(self.reads) > 1 else 1
                return alone, Assembly(wanted=tuple(self.known[number] for number in todo[:most]))
            if why := self._take(number, self.documents[self.known[number]]):
                if len(self.reads) == 1 and not why.is_sure:
                    return alone, NOTHING
                self.lost[number] = Part(role="part", url=self.known[number], number=number, lacks=why.words)
        is_story = any(read.page.kind == "story" for read in self.reads.values())
        return self._joined() if is_story else (alone, NOTHING)

    def _take(self, number: int, document: Document) -> "_Why | None":
        """Takes a part in, with what it says of others; or why it cannot be."""
        if document.source is None:
            return _Why(document.reason, is_sure=True)
        read = read_page(document.source, self.asked)
        match _verdict(self.first, read, number):
            case "lost":
                return _Why(f"what is there is no story: {read.page.evidence}", is_sure=True)
            case "foreign":
                return _Why(f"another page is there: {read.page.title!r}")
            case "echo":
                return _Why("it says nothing that the first part does not")
        self.reads[number] = read
        for at, target in read.page.parts.others if read.page.parts else ():
            if at <= MOST_PARTS + 1 and (url := canonical_or_none(target)) and url not in self.known.values():
                self.known.setdefault(at, url)
        return None

    def _joined(self) -> tuple[Extraction, Assembly]:
        count = max([*self.reads, *self.lost, self.plan.count])
        parts = [self._part(number) for number in range(1, count + 1) if number != self.plan.number]
        page = joined([self.reads[number] for number in sorted(self.reads)])
        urls = {*self.known.values(), canonical_or_none(self.plan.whole)}
        page = self._titled(_without_links(page, urls))
        return page, Assembly(parts=tuple(parts), count=count, number=self.plan.number)

    def _titled(self, page: Extraction) -> Extraction:
        """Without （1） where the others bear （2） and （3）."""
        titles = {number: read.page.title for number, read in self.reads.items() if read.page.title}
        if len(titles) < 2 or any(unmarked(title, number) == title for number, title in titles.items()):
            return page
        at = self.plan.number
        title, subject = unmarked(page.title or "", at), unmarked(page.subject or "", at)
        return replace(page, title=title or None, subject=subject or None, ordinal=ordinal_of(title))

    def _part(self, number: int) -> Part:
        if number in self.reads:
            return Part(role="part", url=self.known[number], number=number)
        why = "a script leads to it" if self.plan.is_hidden else "no part that could be read links it"
        return self.lost.get(number, Part(role="part", url=None, number=number, lacks=why))


@dataclass(frozen=True, slots=True)
class _Why:
    """Why a part is not there; `is_sure` where that says nothing against its being one."""

    words: str
    is_sure: bool = False
