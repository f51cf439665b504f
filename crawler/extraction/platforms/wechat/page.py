"""What WeChat's own addresses and scripts say of a page, put upon its reading."""

import re
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.extraction.model import Extraction, SeriesLink
from crawler.extraction.platforms.wechat.albums import Album, album_json, album_page, is_album
from crawler.extraction.platforms.wechat.identity import addresses_of, asks_for_proof, is_article, moved_to
from crawler.extraction.source.metadata import PageData

_LONGEST_NOTICE = 80
_NOTICE = re.compile(r"(?:^|\s)(?:weui-msg__title|weui-msg__text-area|mesg-block|tips|title_text)(?:\s|$)")
# States of an account or of the platform that end by themselves, or doors that a reader with an account can open.
_PASSING = re.compile(
    r"系统(?:出错|错误|繁忙|异常)|稍后(?:再|重)?试|审核中|(?:冻结期|迁移流程|流程中)|可见$|仅.{0,8}(?:关注|粉丝|会员)|付费"
)


def rows_of_album(found: Extraction, text: str, url: str) -> Extraction | None:
    """The reading of a further page of an album, which is JSON; None of all other pages."""
    album = album_json(text, url) if is_album(url) else None
    return _as_listing(found, album) if album else None


def of_wechat(read: Extraction, tree: HtmlElement, source: str, data: PageData, url: str) -> Extraction:
    """The reading with what only this platform says; unchanged for a page from elsewhere.

    Args:
        read: As for any page.
        tree: The page.
        source: The same as text.
        data: Its meta elements.
        url: Where it came from, after redirects.
    """
    if asks_for_proof(url):
        return replace(read, kind="blocked", evidence="the platform asks for proof that a person is reading")
    if is_album(url) and (album := album_page(tree, source, url)):
        return _as_listing(read, album)
    if read.kind != "story" and is_article(url) and (words := _notice(tree)):
        read = _as_notice(read, words)
    if read.kind == "gone" and (target := moved_to(source, url)):
        link = SeriesLink(
            kind="series", title=read.title or "", url=target, href=None, position=0, reasons=("its account has moved",)
        )
        return replace(read, links=(link,), evidence=f"{read.evidence}; it has moved with its account to {target}")
    return replace(read, addresses=addresses_of(tree, data, url)) if read.kind == "story" else read


def _notice(tree: HtmlElement) -> str:
    """What the platform shows in place of an article, cut at 80 characters."""
    shown = (" ".join(node.text_content().split()) for node in tree.iter("h2", "div", "p") if _is_notice(node))
    return next(filter(None, shown), "")[:_LONGEST_NOTICE]


def _is_notice(node: HtmlElement) -> bool:
    return _NOTICE.search(node.get("class") or "") is not None


def _as_notice(read: Extraction, words: str) -> Extraction:
    """Record a notice that no list of ours knows: its words become the reason, and a temporary one is asked again."""
    if _PASSING.search(words):
        return replace(read, kind="blocked", evidence=f"the platform says “{words}”, which may pass")
    return (
        read
        if read.kind != "gone" or "says" in read.evidence
        else replace(read, evidence=f"the platform says “{words}” in place of an article")
    )


def _as_listing(read: Extraction, album: Album) -> Extraction:
    rows = sum(link.kind == "entry" for link in album.links)
    evidence = f"{rows} rows of an album" + (f"; {album.fault}" if album.fault else "")
    return replace(
        read,
        kind="blocked" if album.fault else "listing",
        title=album.title or read.title,
        evidence=evidence,
        links=album.links,
    )
