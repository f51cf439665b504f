"""Ours and its peers behind one shape: text of a page and its address in, what the extractor found out."""
# ruff: noqa: PLC0415 - a peer is imported only when it is asked for

import re
from collections.abc import Callable
from dataclasses import dataclass

from crawler.extraction import Extraction, extract_page
from crawler.extraction.phrases.dates import SHANGHAI


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one extractor says of one page; None where it does not speak of it."""

    text: str = ""
    title: str | None = None
    date: str | None = None
    author: str | None = None
    source: str | None = None
    page: Extraction | None = None


Extractor = Callable[[str, str, str], Reading]
_DATE = re.compile(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})")


def wangqi(page: str, url: str, language: str) -> Reading:
    found = extract_page(page.encode("utf-8", "replace"), url)
    moment = found.published_at
    # Gold has the day that the page prints; a moment in UTC is none that a Chinese page would print.
    if moment and language != "en" and not moment.utcoffset():
        moment = moment.astimezone(SHANGHAI)
    return Reading(
        text=found.text,
        title=found.title,
        date=moment.date().isoformat() if moment else None,
        author=found.author,
        source=found.source,
        page=found,
    )


def trafilatura(page: str, url: str, _language: str) -> Reading:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(page, url=url, include_comments=False, with_metadata=True)
    if not isinstance(found, Document):
        return Reading()
    return Reading(text=found.text or "", title=found.title, date=_day(found.date), author=found.author)


def gne(page: str, url: str, _language: str) -> Reading:
    from gne import GeneralNewsExtractor

    found = GeneralNewsExtractor().extract(page, host=url, noise_node_list=[])
    return Reading(
        text=found["content"], title=found["title"], date=_day(found["publish_time"]), author=found["author"] or None
    )


def newspaper4k(page: str, url: str, language: str) -> Reading:
    import newspaper

    article = newspaper.Article(url, language=language, fetch_images=False)
    article.download(input_html=page)
    article.parse()
    day = article.publish_date.strftime("%Y-%m-%d") if article.publish_date else None
    return Reading(text=article.text, title=article.title, date=day, author=", ".join(article.authors) or None)


def readability(page: str, _url: str, _language: str) -> Reading:
    from lxml import html
    from readability import Document

    document = Document(page)
    body = html.fromstring(document.summary(html_partial=True))
    return Reading(text="\n".join(body.itertext()), title=document.short_title())


def resiliparse(page: str, _url: str, _language: str) -> Reading:
    from resiliparse.extract.html2text import extract_plain_text

    return Reading(text=extract_plain_text(page, main_content=True, alt_texts=False))


def newsplease(page: str, url: str, _language: str) -> Reading:
    from newsplease import NewsPlease

    found = NewsPlease.from_html(page, url=url, fetch_images=False)
    day = found.date_publish.strftime("%Y-%m-%d") if found.date_publish else None
    return Reading(
        text=found.maintext or "", title=found.title, date=day, author=", ".join(found.authors or []) or None
    )


def _day(raw: str | None) -> str | None:
    found = _DATE.search(raw or "")
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else None


OURS = "wangqi"
# Name, the module that must be importable, the adapter, the package to install for it.
EXTRACTORS: tuple[tuple[str, str, Extractor, str], ...] = (
    (OURS, "crawler", wangqi, "this project"),
    ("trafilatura", "trafilatura", trafilatura, "trafilatura"),
    ("gne", "gne", gne, "gne"),
    ("newspaper4k", "newspaper", newspaper4k, "newspaper4k"),
    ("readability", "readability", readability, "readability-lxml"),
    ("news-please", "newsplease", newsplease, "news-please"),
    ("resiliparse", "resiliparse", resiliparse, "resiliparse"),
)
