"""URLs that lead nowhere new however far one follows them."""

import re
from urllib.parse import parse_qsl, urlsplit

# Heritrix: TooManyPathSegmentsDecideRule 20, PathologicalPathDecideRule 2 repeats.
MOST_SEGMENTS = 20
MOST_REPEATS = 2
MOST_NAMED_REPEATS = 5  # ours: of an address that a page of the series names; some file /2021/21/21/21/ in earnest
# Heritrix TooManyHops and the sitemap protocol agree that no honest URL is longer.
LONGEST_URL = 2_048
MOST_PARAMETERS = 16
_CALENDAR_PATH = re.compile(r"/(?:calendar|cal|ical|rili|wannianli)(?:[/.]|$)", re.IGNORECASE)
_CALENDAR_KEYS = {"year", "month", "day", "date", "week", "y", "m", "d"}
_SESSION_KEY = re.compile(r"sess|token|ticket|^s?id$", re.IGNORECASE)
_RANDOM_VALUE = re.compile(r"(?=.*\d)(?=.*[a-zA-Z])[0-9a-zA-Z_-]{24,}")


def looks_like_trap(url: str) -> str | None:
    """Why this URL is not worth a request, in words; None when nothing speaks against it."""
    if len(url) > LONGEST_URL:
        return f"the URL has {len(url)} characters, more than {LONGEST_URL}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "the URL cannot be read"
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > MOST_SEGMENTS:
        return f"the path has {len(segments)} segments, more than {MOST_SEGMENTS}"
    if repeats := _repeats(segments, MOST_REPEATS):
        return repeats
    return _odd_query(parts.path, parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1"))


def leads_into_itself(url: str) -> str | None:
    """Why this URL is not worth a request whoever names it, in words: /a/a/a/a/a/a/ is a link that leads to itself."""
    return _repeats([segment for segment in urlsplit(url).path.split("/") if segment], MOST_NAMED_REPEATS)


def _repeats(segments: list[str], most: int) -> str | None:
    """That a group of one to three segments stands more than `most` times in a row, in words."""
    for size in (1, 2, 3):
        run = 0
        for at in range(size, len(segments)):
            run = run + 1 if segments[at] == segments[at - size] else 0
            if run >= size * most:
                return f"the path repeats {'/'.join(segments[at - size + 1 : at + 1])!r} more than {most} times"
    return None


def _odd_query(path: str, query: list[tuple[str, str]]) -> str | None:
    if len(query) > MOST_PARAMETERS:
        return f"the query has {len(query)} parameters, more than {MOST_PARAMETERS}"
    keys = {key.lower() for key, _ in query}
    if _CALENDAR_PATH.search(path) and (keys & _CALENDAR_KEYS or re.search(r"\d{4}", path)):
        return "a page of a calendar"
    if {"year", "month"} <= keys and len(keys) <= 3:
        return "a month of a calendar"
    session = next((k for k, v in query if _SESSION_KEY.search(k) and _RANDOM_VALUE.fullmatch(v)), None)
    return f"the parameter {session!r} holds a session id" if session else None
