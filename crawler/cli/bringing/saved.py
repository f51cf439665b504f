"""Pages that somebody has saved: by a browser, or as exporters of WeChat accounts write them."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path
from typing import Any, Final

from crawler.cli.bringing.told import Told
from crawler.extraction.model import Source
from crawler.readers.bringing import Bringing, Brought
from wangqi.urls import canonical_or_none

_BEGINNING: Final = 65_536  # bytes in which a page names its address
# Internet Explorer, Edge and Chrome; SingleFile; then what a page says of itself.
_SAVED_FROM: Final = (
    re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE),
    re.compile(r"<!--[^>]{0,400}?\burl:\s*(\S+)", re.IGNORECASE),
    re.compile(r"<link[^>]{0,300}?\brel=[\"']?canonical[\"']?[^>]{0,300}?\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE),
    re.compile(
        r"<meta[^>]{0,300}?\bproperty=[\"']?og:url[\"']?[^>]{0,300}?\bcontent=[\"']?([^\"'\s>]+)", re.IGNORECASE
    ),
)
_SAVED_AT: Final = re.compile(r"saved date:\s*([^\n(]{10,60})", re.IGNORECASE)
_ADDRESSES: Final = ("url", "link", "content_url", "article_url")
_BODIES: Final = ("html", "content_html", "content", "content_noencode")
_TIMES: Final = ("create_time", "publish_time", "update_time", "datetime")
_ACCOUNTS: Final = ("nickname", "account", "author_name", "mp_name")


def bring(bringing: Bringing, files: list[Path], url: str | None, most: int) -> Told:
    """Stores the story of each page under its own address; `url` is that of a page that names none.

    `most` is how many bytes a file may have; 0 is no limit.
    """

    async def all_of_them() -> Told:
        told = Told()
        try:
            for file in files:
                await _one(bringing, file, url, most, told)
        finally:
            await bringing.extractors.close()
        return told

    return asyncio.run(all_of_them())


async def _one(bringing: Bringing, file: Path, url: str | None, most: int, told: Told) -> None:
    for one in await asyncio.to_thread(_pages_of, file, url, most):
        taken = one if isinstance(one, str) else await _take(bringing, one, told)
        if taken:
            told.problems.append(f"{file.name}: {taken}")


def _pages_of(file: Path, url: str | None, most: int) -> list[Brought | str]:
    if most and file.stat().st_size > most:
        return [f"it is larger than DOWNLOAD_MAXSIZE ({most} bytes)"]
    body = file.read_bytes()
    return list(_exported(body, file)) if file.suffix.lower() == ".json" else [_saved(body, file, url)]


async def _take(bringing: Bringing, one: Brought, told: Told) -> str:
    histories = await asyncio.to_thread(bringing.archive.why, one.url)
    if any(history.page.story_id is not None for history in histories):
        told.counts["stories known"] += 1
        return ""
    taken = await bringing.take(one)
    if isinstance(taken, str):
        return f"{one.url}: {taken}"
    told.counts["copies of stories stored" if taken.outcome == "copy" else "stories stored"] += 1
    return ""


def _saved(body: bytes, file: Path, url: str | None) -> Brought | str:
    head = body[:_BEGINNING].decode("utf-8", errors="replace")
    named = (found[1] for pattern in _SAVED_FROM if (found := pattern.search(head)))
    address = next((canonical for one in [url, *named] if one and (canonical := canonical_or_none(one))), None)
    if address is None:
        return "it does not say which address it is of. Add --url https://…"
    moment = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    if said := _SAVED_AT.search(head):
        moment = _date(said[1]) or moment
    return Brought(address, Source(body, address, {"content-type": "text/html"}), moment, "a saved page", file.name)


def _date(words: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(words.strip())
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _exported(body: bytes, file: Path) -> Iterator[Brought | str]:
    try:
        values = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        yield "it is no JSON, or cut off"
        return
    saved_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    articles = list(_articles(values))
    if not articles:
        yield "it holds no article with an address"
    for article in articles:
        address = canonical_or_none(_first(article, _ADDRESSES))
        content = _first(article, _BODIES)
        if address is None or not content:
            yield f"{str(_first(article, _ADDRESSES))[:120]}: it has no text, only its address"
            continue
        page = _page(article, content)
        source = Source(page.encode("utf-8", errors="replace"), address, {"content-type": "text/html; charset=utf-8"})
        yield Brought(address, source, saved_at, "an exporter of the account", file.name)


def _articles(values: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Objects with an address, wherever in the file they stand."""
    if depth > 6:
        return
    if isinstance(values, dict):
        if _first(values, _ADDRESSES) and values.get("title"):
            yield values
            return
        values = list(values.values())
    if isinstance(values, list):
        for one in values:
            yield from _articles(one, depth + 1)


def _first(article: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((value for name in names if isinstance(value := article.get(name), str) and value.strip()), None)


def _page(article: Mapping[str, Any], content: str) -> str:
    """The article as a page, where the exporter has kept its body alone."""
    if "<html" in content[:2_000].lower():
        return content
    title = escape(str(article["title"]))
    names = (_first(article, ("author",)), _first(article, _ACCOUNTS))
    facts = "".join(f"<p>{escape(name)}</p>" for name in names if name)
    when = next((article[name] for name in _TIMES if article.get(name)), None)
    if isinstance(when, int) and 0 < when < 2**33:
        when = datetime.fromtimestamp(when, UTC).isoformat()
    said = f'<meta property="article:published_time" content="{escape(str(when))}">' if when else ""
    return f"<html><head><title>{title}</title>{said}</head><body><h1>{title}</h1>{facts}{content}</body></html>"
