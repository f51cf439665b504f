"""A story and a series in the words of schema.org, for search engines and reference managers."""

from typing import Any

from storage.rows import SeriesRow, StoryRow
from wangqi.citing.items import names


def article(story: StoryRow, published: str | None, day: str | None) -> dict[str, Any]:
    """JSON-LD. `published` is as exact as the page prints it; the text stands on the page itself."""
    known: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": story.title,
        "alternativeHeadline": story.subtitle,
        "author": [{"@type": "Person", "name": name} for name in names(story.author)],
        "publisher": story.source and {"@type": "Organization", "name": story.source},
        "datePublished": published,
        "inLanguage": story.language,
        "isBasedOn": story.url,
        "position": story.ordinal,
        "isPartOf": {"@type": "CreativeWorkSeries", "name": story.series_title},
        "sdDatePublished": day,
    }
    return {name: value for name, value in known.items() if value}


def series(row: SeriesRow) -> dict[str, Any]:
    """JSON-LD of a series; its stories name it in theirs."""
    known: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWorkSeries",
        "name": row.title or row.name,
        "publisher": row.publisher and {"@type": "Organization", "name": row.publisher},
        "url": f"/series/{row.id}",
    }
    return {name: value for name, value in known.items() if value}
