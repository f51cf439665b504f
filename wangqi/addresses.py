"""The address that a browser makes of what a page has written (the WHATWG's URL standard, as far as http goes)."""

import codecs
import re
from functools import lru_cache
from urllib.parse import quote_from_bytes, urljoin, urlsplit

_AROUND = "".join(map(chr, range(33)))
_WITHIN = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_PARTS = re.compile(r"([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_PLAIN = re.compile(r"https?://[\w.:@~-]+/(?!\S*/\.)[!-\[\]-~]*$", re.ASCII | re.IGNORECASE)
# A path without a detour; such addresses are most of all, and need no parser.
_BESIDE = re.compile(r"(?:\./)?(/?(?![./])(?!\S*(?:/[./]|\?$))[\w/.%_~-]+(?:\?[\w/.%=&_~+-]+)?)$", re.ASCII)
_BEFORE_HOST = re.compile(r"[/\\]*")
# Of a query; a percent sign stays what it is, and a browser leaves all of these.
_KEPT = "!$%&()*+,-./:;=?@[\\]^_`{|}~"
_HOME = re.compile(r"/?(?:(?:index|default|main|home)(?:\.\w{2,5})?/?)?", re.IGNORECASE)
_NAMED_HOME = re.compile("index|default|main|home", re.IGNORECASE)
_SLASHES_OF_A_HOST = 3  # https://river.example/
_PROFILE = re.compile(
    r"/(?:authors?|users?|u|people|person|profiles?|staff|member|i|omn/author)/[^/?#]+/?$|/@[\w.-]+$|[?&](?:uid|author)=\d"
)
_UNWRITABLE = "wangqi.addresses"


def _numbered(error: UnicodeError) -> tuple[str, int]:
    """A character that the charset has not, as forms send it: &#12345; percent-encoded."""
    assert isinstance(error, UnicodeEncodeError)
    missing = error.object[error.start : error.end]
    return "".join(f"%26%23{ord(sign)}%3B" for sign in missing), error.end


codecs.register_error(_UNWRITABLE, _numbered)


def resolve(href: str, base: str, charset: str = "utf-8") -> str | None:
    """Where a link leads; None where that is no page of the web, or no address at all.

    Args:
        href: As the page has it: with line breaks, blanks around it, backslashes, and its query in plain characters.
        base: The page's address, or its `<base>`; "" when unknown, and then a relative link stays relative.
        charset: The page's own, in which a query is sent; the path always is UTF-8.
    """
    if _PLAIN.match(href):
        return href
    if (beside := _BESIDE.match(href)) and (start := _starts(base)):
        return (start[0] if href[0] == "/" else start[1]) + href[beside.start(1) :]
    found = _PARTS.match(href.strip(_AROUND).translate(_WITHIN))
    path, query, fragment = (part or "" for part in found.groups()) if found else ("", "", "")
    scheme = _SCHEME.match(path)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        return None
    path = path.replace("\\", "/")
    try:
        if scheme:
            path = _with_host(path, scheme[1].lower(), base)
        url = urljoin(base, path + _sent(query, charset) + fragment)
        return url if urlsplit(url).scheme in {"http", "https", ""} else None
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _starts(base: str) -> tuple[str, str] | None:
    """What a path from the root and one from the page's own folder stand behind; None of a base that needs care."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return None
    folder = parts.path.rpartition("/")[0] + "/"
    if parts.scheme not in {"http", "https"} or not parts.netloc or "//" in folder or "/." in folder:
        return None
    root = f"{parts.scheme}://{parts.netloc}"
    return root, root + folder


def _with_host(path: str, scheme: str, base: str) -> str:
    """`http:/a/b` is relative where the page is http itself; else the host follows however many slashes."""
    rest = path.partition(":")[2]
    if not rest.startswith("//") and urlsplit(base).scheme == scheme:
        return rest
    return f"{scheme}://{_BEFORE_HOST.sub('', rest, count=1)}"


def _sent(query: str, charset: str) -> str:
    if not query or (query.isascii() and not set(query) & set(" \"#'<>")):
        return query
    codec = "utf-8" if charset.lower().startswith(("utf", "u8")) else charset
    try:
        written = query.encode(codec, _UNWRITABLE)
    except LookupError:
        written = query.encode("utf-8", _UNWRITABLE)
    return quote_from_bytes(written, safe=_KEPT)


def is_home(url: str) -> bool:
    """Whether this is the home page of its site; ?p=12 behind it names another page.

    >>> is_home("https://river.example/index.html"), is_home("https://river.example/?p=12")
    (True, False)
    """
    if url.count("/") > _SLASHES_OF_A_HOST and not _NAMED_HOME.search(url):  # most addresses
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.netloc) and not parts.query and not parts.fragment and _HOME.fullmatch(parts.path) is not None


def is_profile(address: str) -> bool:
    """Whether it is the page of a person who writes on its site, as far as an address says so.

    >>> is_profile("https://river.example/member/3653.html"), is_profile("/u/oar/posts/7.html")
    (True, False)
    """
    return _PROFILE.search(address) is not None
