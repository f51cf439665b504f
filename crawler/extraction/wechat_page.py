"""What WeChat's own addresses and scripts say of a page, put upon its reading."""

from dataclasses import replace

from lxml.html import HtmlElement

from crawler.extraction.metadata import PageData
from crawler.extraction.model import Extraction, SeriesLink
from crawler.extraction.wechat_album import Album, album_json, album_page, is_album
from crawler.extraction.wechat_identity import addresses_of, asks_for_proof, moved_to


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
    if read.kind == "gone" and (target := moved_to(source, url)):
        link = SeriesLink(
            kind="series", title=read.title or "", url=target, href=None, position=0, reasons=("its account has moved",)
        )
        return replace(read, links=(link,), evidence=f"{read.evidence}; it has moved with its account to {target}")
    return replace(read, addresses=addresses_of(tree, data, url)) if read.kind == "story" else read


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
