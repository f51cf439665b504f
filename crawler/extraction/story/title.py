"""Find the headline: the line of the page that agrees best with what the page claims its title to be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import accumulate

from lxml.html import HtmlElement

from crawler.extraction.source.metadata import PageData, text_of
from crawler.extraction.source.segments import Segment, is_hidden
from crawler.extraction.story.junk import doubt

_FLAT = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W_]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
SITE_WORDS = (
    r"[网網][页頁站]?|新[闻聞]|日[报報]|晚[报報]|[报報]|政府|[频頻]道|在[线線]|[线線]上|平[台臺]|中心|官网|社[区區]|[论論][坛壇]|博客|[门門][户戶]|社"
    r"|com|cn|net"
)
OWNER_WORDS = (
    r"大[学學]|[学學]院|[学學]校|[中小][学學]|[医醫]院|委[员員][会會]|[协協学學][会會]|公司|集[团團]|研究[所院]|[实實][验驗]室"
    r"|[报報]刊|[杂雜][志誌]|[展博][览覽][会會]?|出版社|[图圖][书書][馆館]|博物[馆館]"
)
# What stands between a headline and the names of its site and column; a single hyphen only before such a name, or
# before the names of columns that lead to it.
_JOINTS = re.compile(
    r"\s*[_|｜丨]+\s*|\s+(?:[-–—»>]+|::)\s+|-{2,}(?=[^-]{1,40}$)"
    rf"|\s*(?:——|[-–—])\s*(?=(?:[\u4e00-\u9fff]{{2,8}}[-–—]){{0,3}}[^-–—_|｜丨]{{1,20}}(?:{SITE_WORDS}|{OWNER_WORDS})$)"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SITE = re.compile(rf"(?:{SITE_WORDS})$", re.IGNORECASE)
_HEADINGS = {"h1": 1.3, "h2": 1.2, "h3": 1.15, "h4": 1.1}
_TITLE_NAMES = re.compile(r"title|headline|biaoti|(?<![a-z])(?:tit|bt|topic|subject)(?![a-z])", re.IGNORECASE)
_META = ("articletitle", "og:title", "twitter:title", "dc.title")
_ANCHORS = "#¶§ "
_LONGEST = 120
_LONGEST_CLAIM = 400  # a headline with columns and site; a longer one is no headline, and costs quadratic time
_SHORTEST_NAME = 4  # characters by which another page's title for a page tells it from others
# 最新资讯, 院新聞稿: what a column is called, and no story
COLUMN = re.compile(
    r".{0,4}(?:资讯|資訊|新[闻聞]稿?|公告|通知|[动動][态態]|要[闻聞]|快[讯訊]|[简簡][报報]|中心|[详詳]情|正文|信息|[讯訊]息|文章"
    r"|[专專][栏欄]|[报報][导道導])(?:[内內]容|页面|[详詳]情)?"
)
# 2024-05-06 来源：河岸报, in one heading with the headline
_INFO_BEHIND = re.compile(
    r"\s+(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}.{0,60}$"
    r"|\s*(?:来源|來源|作者|发布时间|發布時間|浏览|瀏覽|点击|點擊|阅读|閱讀)(?:次数|次數|量)?\s*[:：].{0,60}$"
)
_LEAST_HEADLINE = 6  # characters that stand before such
_BELOW = 40  # lines below a headline among which its story stands
_SURE = 0.34  # share of a claim that a line must cover to be its headline


@dataclass(frozen=True, slots=True)
class Headline:
    """The title and where it stands.

    Attributes:
        index: Of its first segment, or None when the page does not show it.
        end: One past its last segment.
    """

    text: str | None
    index: int | None = None
    end: int | None = None


def flat(text: str) -> str:
    """Letters and digits only: what two spellings of one title share."""
    return _FLAT.sub("", text).casefold()


def same_title(headline: Headline, named: str) -> bool:
    """Whether the page shows the title by which another page names it, whole or cut short, as its headline."""
    own, other = flat(headline.text or ""), flat(named)
    if headline.index is None or min(len(own), len(other)) < _SHORTEST_NAME:
        return False
    # A heading with the beginning of that title alone is the name of the series: that of its column.
    return other in own or (own in other and not (other.startswith(own) and 2 * len(own) < len(other)))


def claims_of(data: PageData) -> list[str]:
    """What the page says its title is, the surest first."""
    raw = [data.meta.get(name) for name in _META]
    raw[1:1] = [text_of(data.article.get("headline"))]
    raw.append(data.head_title)
    owner = _owner(data)
    said = (" ".join(_MARKUP.sub("", unescape(claim[:_LONGEST_CLAIM])).split()) for claim in raw if claim)
    return [claim for claim in said if claim and flat(claim) != owner]  # a site's name or slogan is no title


def _owner(data: PageData) -> str:
    return flat(data.first("og:site_name", "application-name") or "")


def find_title(data: PageData, segments: Sequence[Segment], platform: str | None = None) -> Headline:
    """The line that covers most of a claim; without such a line an index of None and the best claim.

    `platform` is what a platform's scripts say, the surest claim of all.
    """
    claims = [platform, *claims_of(data)] if platform else claims_of(data)
    flats = [(flat(claim), [flat(part) for part in parts_of(claim)]) for claim in claims]
    signs = {sign for claim, _ in flats for sign in claim}
    owner = _owner(data) if claims else ""
    best: tuple[float, int, int] | None = None
    for start, end, text in _lines(segments):
        first = _LETTER.search(text)
        if first is None or first.group().casefold()[:1] not in signs:  # the cheap question first
            continue
        key = flat(text)
        if not 2 <= len(key) <= _LONGEST or key == owner:
            continue
        if not _agreement(key, flats, heading=True):  # most lines have nothing of a claim
            continue
        if segments[start].link_chars and not any(key in claim for claim, _ in flats):
            continue  # a column whose name begins with that of the site
        weight = heading_weight(segments[start])
        score = _agreement(key, flats, heading=weight > 1) * weight * (0.8 if segments[start].link_chars else 1.0)
        score *= 0.9 if COLUMN.fullmatch(text) else 1.0
        if best and start == best[1] and any(key in claim for claim, _ in flats):
            score = max(score, best[0])  # the heading goes on, and the claim with it
        elif best and score <= best[0]:
            continue
        if score > _SURE and not _is_hidden(segments[start].block):
            best = (score, start, end)
    if best:
        _, start, end = best
        start, end = _over_the_story(segments, start, end)
        return Headline(_spelled(segments[start:end], claims), start, end)
    # A platform's scripts hang no name of a site on the title.
    return Headline(visible(platform or without_site(claims[0])) if claims else None)


def _over_the_story(segments: Sequence[Segment], start: int, end: int) -> tuple[int, int]:
    """Of like lines, one of which a form to share the story repeats, that below which the story stands.

    Most prose stands there, or the others are in a widget.
    """
    if end > start + 1 or segments[start].src is not None:
        return start, end
    text = segments[start].text
    alike = [at for at, line in enumerate(segments) if line.text == text and line.src is None]
    told = {at: sum(line.prose for line in segments[at + 1 : at + _BELOW]) for at in alike}
    shown = [at for at in alike if not segments[at].link_chars and not _is_hidden(segments[at].block)]
    if len(shown) > 1 and _is_in_widget(segments[start].block):
        shown = [at for at in shown if not _is_in_widget(segments[at].block)]
    most = max(shown, key=told.__getitem__, default=start)
    is_fitter = start not in shown or told[most] > 2 * told[start]
    return (most, most + 1) if is_fitter else (start, end)


def _is_in_widget(node: HtmlElement) -> bool:
    return any(doubt(each) != "no" for each in _around(node))


def visible(text: str) -> str:
    """Without controls, zero-width signs and private characters, which no reader sees."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def heading_weight(line: Segment) -> float:
    """Above 1 when markup or names say that the line is a heading."""
    for node in (line.block, line.block.getparent()):
        if node is None:
            break
        if weight := _HEADINGS.get(str(node.tag)):
            return weight
        if _TITLE_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return 1.1
    return 1.0


def parts_of(claim: str) -> list[str]:
    """The claim, or the beginning of an endless one, taken apart into headline, column and site."""
    return [part for piece in _JOINTS.split(claim[:_LONGEST_CLAIM]) for part in _JOINTS.split(piece) if part]


def without_site(claim: str) -> str:
    """The claim without the names of its site and columns behind it; a series before "|" stays."""
    parts = parts_of(claim)
    if len(parts) < 2:
        return parts[0] if parts else claim
    behind = claim.find(parts[1], len(parts[0]))
    named = "|" in (joint := claim[claim.find(parts[0]) + len(parts[0]) : behind]) or "｜" in joint or "丨" in joint
    if named and _HAN.search(parts[0]) and len(parts[1]) > len(parts[0]) and not _SITE.search(parts[1]):
        return claim[: behind + len(parts[1])].strip()
    return parts[0]


def _lines(segments: Sequence[Segment]) -> Iterator[tuple[int, int, str]]:
    """Single lines, the lines of one heading taken together, and what a picture that is a heading says."""
    for index, segment in enumerate(segments):
        if segment.src:
            if segment.text and _is_lettering(segment):
                yield index, index + 1, segment.text
            continue
        text = segment.text
        yield index, index + 1, text
        if len(text) > _LONGEST:
            continue
        for end in range(index + 1, min(index + 4, len(segments))):
            follower = segments[end]
            if follower.src or not (_same_heading(segment, follower) or follower.text.startswith("—")):
                break
            text += follower.text
            yield index, end + 1, text


def _is_lettering(picture: Segment) -> bool:
    """Whether a picture is a heading, and no logo that leads home."""
    heading = picture.block.tag in _HEADINGS
    return heading and picture.node is not None and next(picture.node.iterancestors("a"), None) is None


def _is_hidden(node: HtmlElement) -> bool:
    return any(is_hidden(each.get("style") or "") for each in _around(node))


def _around(node: HtmlElement) -> Iterator[HtmlElement]:
    yield node
    yield from node.iterancestors()


def _same_heading(first: Segment, follower: Segment) -> bool:
    heading = first.block if first.block.tag in _HEADINGS else first.block.getparent()
    return follower.block is first.block or (
        heading is not None and heading.tag in _HEADINGS and follower.block.getparent() is heading
    )


def _agreement(key: str, claims: Sequence[tuple[str, list[str]]], *, heading: bool) -> float:
    """How well a flat line covers one of the flat claims: whole 1, its first part or parts 0.9, a later part 0.7."""
    best = 0.0
    for claim, parts in claims:
        if key == claim:
            return 1.0
        if key in claim:
            best = max(best, len(key) / len(claim) * (1.0 if claim.startswith(key) else 0.6))
        elif len(claim) >= 6 and key.startswith(claim):
            best = max(best, 0.7 * len(claim) / len(key))
        if any(_hangs_on(key, part) for part in parts):
            best = max(best, 0.8)
        if claim.startswith(key) and key in accumulate(parts):  # 第九章 —— 渡口 — 书名
            best = max(best, 0.9)
        # 河岸网 » 渡口的早市 - 上: its site stands first, and its title has a sign of its own
        if heading and claim.endswith(key) and any(key == "".join(parts[at:]) for at in range(1, len(parts))):
            best = max(best, 0.7)
        if key in parts and (parts[0] == key or (heading and len(key) >= 4)):
            best = max(best, 0.9 if parts[0] == key else 0.7)
    return best


def _hangs_on(key: str, part: str) -> bool:
    """Whether a flat line is a part of a claim with a count of comments or a time behind it."""
    return len(part) >= _SHORTEST_NAME and key.startswith(part) and key[len(part) :].isdigit()


def _spelled(lines: Sequence[Segment], claims: Sequence[str]) -> str:
    """One line as the page shows it; of several lines as a claim joins them, else with a blank between."""
    key = flat("".join(line.text for line in lines))
    for claim in claims:
        if len(lines) > 1 and (joined := _spelling(key, claim)):
            return visible(joined)
        if whole := next(
            (part for part in (without_site(claim), *parts_of(claim)) if _hangs_on(key, flat(part))), None
        ):
            return visible(whole)
    return _without_beside(_without_anchor(visible(" ".join(line.text for line in lines)), claims), claims)


def _without_beside(text: str, claims: Sequence[str]) -> str:
    """Without its day and source behind it, where no claim has them."""
    if any(flat(text) in flat(claim) for claim in claims):
        return text
    bare = _INFO_BEHIND.sub("", text)
    is_claimed = any(flat(claim).startswith(flat(bare)) for claim in claims)
    return bare if len(bare) >= _LEAST_HEADLINE and is_claimed else text


def _without_anchor(text: str, claims: Sequence[str]) -> str:
    """Without the sign of a heading's link to itself (#, ¶, §), which no claim has: 学 C# keeps its own."""
    bare = text.strip(_ANCHORS)
    is_added = bare != text and any(bare in claim for claim in claims) and not any(text in claim for claim in claims)
    return bare if bare and is_added else text


def _spelling(key: str, claim: str) -> str | None:
    """The part of a claim that a flat line is of, with its points and blanks; or None."""
    places = [place for place, sign in enumerate(claim) if flat(sign)]
    at = "".join(flat(claim[place])[:1] for place in places).find(key)
    return claim[places[at] : places[at + len(key) - 1] + 1] if at >= 0 and key else None
