"""The identity of a page: one canonical URL however the link to it was spelt."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from wangqi.sites import site_of
from wangqi.text.sanitise import storable
from wangqi.url_traps import looks_like_trap

__all__ = ["canonical_url", "is_web_url", "looks_like_trap", "site"]

# Keys that say how a reader came to a page, never which page it is.
_TRACKING = re.compile(
    r"utm_\w+|spm|scm|from_?(?:id|source)|isappinstalled|share(?:r|d|_\w+)?|sharer_\w+|gclid|fbclid|msclkid|yclid|dclid"
    r"|mc_cid|mc_eid|_ga|_gl|hmsr|hmpl|hmcu|hmkw|hmci|bd_vid|tdsourcetag|vd_source|s_trans|s_channel|cre|referer"
    r"|ref_src|refer_scene|chksm|slb|nsukey|tt_from|wxshare_count|depth_\d.*",
    re.IGNORECASE,
)
# The same, but elsewhere these keys name a page or an offset: dropped only with a value that is a word.
_TRACKING_BY_WORD = {"from", "ref", "refer", "scene", "wfr", "share"}
_SESSION = re.compile(
    r"(?:php|asp|jsp|cf)?_?sess(?:ion)?_?(?:id)?|phpsessid|aspsessionid\w*|jsessionid|cftoken|zenid|oscsid",
    re.IGNORECASE,
)
_SESSION_BY_VALUE = {"sid", "s_id", "s", "token", "ticket"}
_RANDOM = re.compile(r"(?=.*\d)(?=.*[a-zA-Z])[0-9a-zA-Z_-]{16,}")
# Sites whose own keys say where on the page the reader clicked.
_SITE_TRACKING = {
    "sina.com.cn": {"mod", "loc", "r", "rfunc", "doct", "tj", "tr", "vt", "pos"},
    "guancha.cn": {"s"},
    "csdn.net": {"ops_request_misc", "request_id", "biz_id", "utm_relevant_index"},
    "360kuai.com": {
        "hsid",
        "market",
        "nsid",
        "stype",
        "sv",
        "tj_cmode",
        "tj_sid",
        "tj_url",
        "ucheck",
        "uid",
        "v",
        "sign",
    },
    "sohu.com": {"scm", "spm", "_f", "_trans_"},
    "qq.com": {"pgv_ref", "ptlang", "adtag"},
    "ifeng.com": {"_cpb_", "srctag"},
}
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?#;]*|/\(S\([0-9a-z]{16,}\)\)", re.IGNORECASE)
_ROUTE = re.compile(r"[/!]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_WECHAT = "mp.weixin.qq.com"
# WeChat's own parameters that name a page; all others (chksm, scene, key …) differ from reader to reader.
_WECHAT_KEYS = {
    "/s": ("__biz", "mid", "idx", "sn"),
    "/mp/appmsgalbum": ("__biz", "action", "album_id", "begin_msgid", "begin_itemidx", "count", "f"),
    "/mp/homepage": ("__biz", "hid", "sn"),
}
_MOST_SPELLINGS = 6
# Most links: a plain path in lower-case host, without a query, a detour, a default port or anything to be encoded.
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_CANONICAL_ALREADY = re.compile(
    rf"https?://(?!mp\.weixin\.)(?:(?:(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{{2,10}}|{_BYTE}(?:\.{_BYTE}){{3}})"
    r"(?::(?!80/|443/)(?:[1-9]\d{1,3}|[1-5]\d{4}))?(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/"
    r"(?:[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)?"
)

# What such an address may have behind it and be read as easily: a plain query, and a place on the page.
_PLAIN_QUERY = re.compile(r"(?:[A-Za-z0-9_.~-]+=[A-Za-z0-9_.~-]*(?:&(?!$)|$))+")
_PLAIN_PLACE = re.compile(r"(?![/!])[!-$&-~]*")


def is_web_url(url: str) -> bool:
    """Whether the URL is absolute, http or https, and has a host."""
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return False
    return parts.scheme.lower() in _DEFAULT_PORTS and bool((parts.hostname or "").strip("."))


def canonical_url(url: str) -> str:
    """The spelling under which a page is known; applying it twice changes nothing.

    Percent-encoded bytes stay what they are, whatever their charset. A fragment is kept only
    where it is a route (`#/…`, `#!…`). User names and passwords are dropped.

    Raises:
        ValueError: The URL is not an absolute http or https URL.
    """
    current = url.strip()
    for _ in range(_MOST_SPELLINGS):
        if not is_web_url(current):
            raise ValueError(f"{url[:200]!r} is no absolute http or https URL; resolve it against its page first")
        before, current = current, _canonical_once(current)
        if current == before:
            return current
    raise ValueError(f"{url[:200]!r} has no URL that stays the same when it is read again; it is encoded too often")


@lru_cache(maxsize=16_384)  # each part of a crawl asks for all links of a page, of which there may be thousands
def canonical_or_none(url: str | None) -> str | None:
    """The canonical form of a link, or None when it leads nowhere that can be fetched."""
    if not url:
        return None
    if plain := _plainly(url):
        return plain
    try:
        return canonical_url(url)
    except ValueError:
        return None


def _plainly(url: str) -> str | None:
    """The same of most links, without taking them apart; None of one that needs care."""
    if _CANONICAL_ALREADY.fullmatch(url):
        return url
    whole, _, place = url.partition("#")
    address, question, query = whole.partition("?")
    if not (_CANONICAL_ALREADY.fullmatch(address) and _PLAIN_PLACE.fullmatch(place)):
        return None
    if not question:
        return address
    if not _PLAIN_QUERY.fullmatch(query):
        return None
    host = address.split("/")[2].partition(":")[0]
    given = sorted(tuple(pair.split("=")) for pair in query.split("&"))
    kept = "&".join(f"{key}={value}" for key, value in given if not _is_noise(key.lower(), value, host))
    return f"{address}?{kept}" if kept else address


def _canonical_once(url: str) -> str:
    try:
        parts = urlsplit(canonicalize_url(url, keep_fragments=True))
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except (ValueError, UnicodeError) as error:
        raise ValueError(f"{url[:200]!r} cannot be read as a URL: {error}") from error
    scheme = parts.scheme
    path = _without_dots(_SESSION_IN_PATH.sub("", parts.path))
    query = [(k, v) for k, v in _pairs(parts.query) if not _is_noise(k.lower(), v, host)]
    if host == _WECHAT:
        scheme, path, query = "https", *_wechat(path, _pairs(parts.query))
    if ":" in host:
        host = f"[{host}]"
    where = host if port in {None, _DEFAULT_PORTS.get(scheme)} else f"{host}:{port}"
    fragment = parts.fragment if _ROUTE.match(parts.fragment) else ""
    return urlunsplit((scheme, where, path, _written(query), fragment))


def _is_noise(key: str, value: str, host: str) -> bool:
    if _TRACKING.fullmatch(key) or _SESSION.fullmatch(key) or key in _SITE_TRACKING.get(site_of(host), ()):
        return True
    if key in _TRACKING_BY_WORD:
        return not value.isdigit()
    return key in _SESSION_BY_VALUE and bool(_RANDOM.fullmatch(value))


def _pairs(query: str) -> list[tuple[str, str]]:
    # latin-1 carries any byte through unchanged, so GBK values survive.
    pairs = parse_qsl(query, keep_blank_values=True, encoding="latin-1")
    return [(key.removeprefix("amp;"), value) for key, value in pairs]


def _written(query: list[tuple[str, str]]) -> str:
    return urlencode(sorted(query), encoding="latin-1", quote_via=quote, safe="/:,~")


def _wechat(path: str, query: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """An article is `__biz, mid, idx, sn`, or its short id; a link that carries neither is kept whole."""
    path = path.rstrip("/") or "/"
    if path.startswith("/s/"):
        return path, []
    given = dict(query)
    if path == "/mp/appmsg/show":  # before 2014
        path = "/s"
        names = (("appmsgid", "mid"), ("itemidx", "idx"), ("sign", "sn"))
        given |= {new: given[old] for old, new in names if old in given}
    keys = _WECHAT_KEYS.get(path, ())
    if "__biz" in given and keys:
        return path, [(key, given[key]) for key in keys if key in given]
    return path, [(key, value) for key, value in query if not _is_noise(key, value, _WECHAT)]


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4."""
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
    if parts[-1] in {".", ".."}:
        kept.append("")
    joined = "/".join(kept)
    return joined if joined.startswith("/") else f"/{joined}"


@lru_cache(maxsize=16_384)  # as above
def site(url: str) -> str:
    """The registrable domain (`a.gov.cn` of `www.a.gov.cn`), or the bare host where there is none; "" of no URL."""
    try:
        return site_of((urlsplit(url.strip()).hostname or "").rstrip("."))
    except ValueError:
        return ""


def url_digest(url: str) -> bytes:
    """The key of a page: SHA-256 of its canonical URL."""
    return hashlib.sha256(storable(url).encode()).digest()


def host_of(url: str) -> str:
    """The host in lower case, or an empty string where there is none to be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
