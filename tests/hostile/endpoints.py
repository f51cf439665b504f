"""What the hostile server answers: one path an attack, its row of the table (rows.toml) and the outcome that is due.

All of them are members that one start page names, so that a single crawl meets them all.
"""

import asyncio
import gzip
import zlib
from collections.abc import Iterator, Mapping
from random import Random
from typing import Final, NamedTuple

import brotli
from backports import zstd

from benchmarks.prose import paragraph
from tests.crawler.site import Answer, response
from tests.story_pages import story, text
from wangqi.outcomes import Outcome

BOMB: Final = 80 * 2**20  # bytes, eight times what a page may have
TRIES: Final = 2  # that the crawl is allowed
SQUEEZE: Final = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}


class Endpoint(NamedTuple):
    """One path.

    Attributes:
        row: Of the table, rows.toml.
        outcomes: Any of which is right.
        most: Times that it may be asked for in one crawl.
        is_named: By the start page.
    """

    row: int
    answer: Answer
    outcomes: tuple[Outcome, ...] = ("stored",)
    most: int = 1
    is_named: bool = True


def title(path: str) -> str:
    """By which the start page names it; the page itself shows the same where it shows anything."""
    return f"雾港旧闻｜{path.strip('/').replace('/', '之')}"


def page(path: str, body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title(path)}</title>{head}</head>'
        f"<body><h1>{title(path)}</h1><p>2021-03-01</p>{body}</body></html>"
    )


def whole(path: str) -> str:
    return page(path, text(path) * 6)


def sentences(path: str, count: int) -> list[str]:
    """That no other page has, as many as are asked for."""
    rng = Random(path)
    return [f"{paragraph(rng).split('。')[0]}，这是第{number}句。" for number in range(count)]


# --- who writes by himself -------------------------------------------------------------------------------------------


def raw(data: bytes) -> Answer:
    """Bytes that are no answer of ours, and the end of the connection."""

    async def answer(writer: asyncio.StreamWriter, _: Mapping[str, str]) -> None:
        writer.write(data)
        await writer.drain()

    return answer


async def reset(writer: asyncio.StreamWriter, _: Mapping[str, str]) -> None:
    writer.transport.abort()


async def endless(writer: asyncio.StreamWriter, _: Mapping[str, str]) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n<html>")
    piece = "<p>雾里开出一条没有号的船。</p>".encode() * 1000
    while True:
        writer.write(piece)
        await writer.drain()


async def silent(_: asyncio.StreamWriter, __: Mapping[str, str]) -> None:
    await asyncio.sleep(60)


def drip(data: bytes, pause: float = 0.5) -> Answer:
    """A byte every so often: each of them comes in time, the whole never."""

    async def answer(writer: asyncio.StreamWriter, _: Mapping[str, str]) -> None:
        for at in range(len(data)):
            writer.write(data[at : at + 1])
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


async def continues(writer: asyncio.StreamWriter, _: Mapping[str, str]) -> None:
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        await writer.drain()
        await asyncio.sleep(0.01)


# --- by row ----------------------------------------------------------------------------------------------------------


def bombs() -> Iterator[tuple[str, Endpoint]]:
    zeros = bytes(BOMB)
    packed = {
        "/gzbomb": (gzip.compress(zeros, 1), "gzip"),
        "/brbomb": (brotli.compress(zeros, quality=1), "br"),
        "/zsbomb": (zstd.compress(zeros), "zstd"),
        "/flatebomb": (zlib.compress(zeros, 1), "deflate"),
        "/gzgz": (gzip.compress(gzip.compress(zeros, 1)), "gzip, gzip"),
    }
    for path, (body, encoding) in packed.items():
        yield path, Endpoint(1, response(body, content_encoding=encoding), ("too_large",))


def large() -> Iterator[tuple[str, Endpoint]]:
    yield "/endless", Endpoint(2, endless, ("too_large",))
    yield "/big/11", Endpoint(2, response(bytes(11 * 2**20)), ("too_large",))
    yield "/big/said", Endpoint(2, response("<html>", length=3 * 10**9), ("too_large",))


def cut() -> Iterator[tuple[str, Endpoint]]:
    for name, squeeze in SQUEEZE.items():
        path = f"/{name}trunc"
        body = squeeze(whole(path).encode())
        yield path, Endpoint(3, response(body[: len(body) // 2], content_encoding=name), ("truncated",), TRIES)


def lengths() -> Iterator[tuple[str, Endpoint]]:
    def of(path: str, *lines: str, body: bytes = b"") -> Answer:
        head = ("HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", "Connection: close", *lines, "", "")
        return raw("\r\n".join(head).encode() + (body or whole(path).encode()))

    half = whole("/noclen").encode()[:1500]
    lost: tuple[Outcome, ...] = ("truncated", "failed")
    yield "/cl-short", Endpoint(4, response(whole("/cl-short"), length=700), ("truncated",), TRIES)
    yield "/cl-long", Endpoint(4, response(whole("/cl-long"), length=10**6), ("truncated",), TRIES)
    yield "/cl-huge", Endpoint(4, response(whole("/cl-huge"), length=10**30), ("too_large", *lost), TRIES)
    for name, value in {"abc": "abc", "negative": "-5", "two": "10\r\nContent-Length: 20"}.items():
        path = f"/cl-{name}"
        yield path, Endpoint(4, of(path, f"Content-Length: {value}"), lost, TRIES)
    yield "/chunk-cut", Endpoint(4, of("", "Transfer-Encoding: chunked", body=b"5\r\n<html\r\n"), lost, TRIES)
    yield "/chunk-bad", Endpoint(4, of("", "Transfer-Encoding: chunked", body=b"zz\r\n<html\r\n0\r\n\r\n"), lost, TRIES)
    yield (
        "/chunk-huge",
        Endpoint(4, of("", "Transfer-Encoding: chunked", body=b"f" * 30 + b"\r\n<html"), ("too_large", *lost), TRIES),
    )
    yield "/noclen", Endpoint(4, of("", body=half), lost, TRIES)
    yield "/reset", Endpoint(4, reset, ("failed",), TRIES)
    yield "/http09", Endpoint(4, raw(whole("/http09").encode()), ("failed",), TRIES)
    yield "/nothing", Endpoint(4, raw(b""), ("failed",), TRIES)
    yield "/status/0", Endpoint(4, raw(b"HTTP/1.1 0 Odd\r\nContent-Length: 0\r\n\r\n"), ("failed",), TRIES)
    yield "/status/huge", Endpoint(4, raw(b"HTTP/1.1 99999999999 Odd\r\nContent-Length: 0\r\n\r\n"), ("failed",), TRIES)
    yield "/status/word", Endpoint(4, raw(b"HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n"), ("failed",), TRIES)
    lie = response(whole("/gzip-lie"), content_encoding="gzip")
    yield "/gzip-lie", Endpoint(4, lie, most=TRIES)  # asked again without compression, then taken as it is
    many = "".join(f"X-{number}: {'a' * 20}\r\n" for number in range(20_000))
    yield "/headers", Endpoint(4, of("/headers", many.rstrip()), ("stored", *lost), TRIES)


def slow() -> Iterator[tuple[str, Endpoint]]:
    head = response("", length=9000)
    yield "/slowhead", Endpoint(5, drip(head), ("failed",), TRIES)
    yield "/slowbody", Endpoint(5, drip(head + whole("/slowbody").encode()), ("failed",), TRIES)
    yield "/silent", Endpoint(5, silent, ("failed",), TRIES)
    yield "/cont100", Endpoint(5, continues, ("failed",), TRIES)


def redirects() -> Iterator[tuple[str, Endpoint]]:
    def to(path: str) -> bytes:
        return response("", "302 Found", location=path)

    def meta(path: str) -> bytes:
        return response(f'<html><head><meta http-equiv="refresh" content="0;url={path}"></head><body></body></html>')

    yield "/loop", Endpoint(6, to("/loop"), ("failed",))
    yield "/loop/a", Endpoint(6, to("/loop/b"), ("failed",), 2)
    yield "/loop/b", Endpoint(6, to("/loop/a"), ("failed",), 2)
    for number in range(20):
        yield f"/chain/{number}", Endpoint(6, to(f"/chain/{number + 1}"), ("failed",), is_named=number == 0)
    yield "/metaloop", Endpoint(6, meta("/metaloop"), ("failed", "not_story", "unreadable"))
    yield "/to-nowhere", Endpoint(6, to("http://["), ("failed", "not_story", "unreadable", "out_of_scope"))
    yield "/tofile", Endpoint(9, to("file:///etc/passwd"), ("failed", "out_of_scope"))
    yield "/todata", Endpoint(9, to("data:text/html,<h1>雾港</h1>"), ("failed", "out_of_scope"))
    yield "/toftp", Endpoint(9, to("ftp://127.0.0.1/a"), ("failed", "out_of_scope"))
    yield "/tojavascript", Endpoint(9, to("javascript:alert(1)"), ("failed", "out_of_scope"))


def private(port: int) -> Iterator[tuple[str, Endpoint]]:
    """Every way to have a private address dialled; 127.0.0.2 is one for the crawl, and answers whoever asks it."""
    hosts = {
        "dotted": f"127.0.0.2:{port}",
        "number": f"2130706434:{port}",
        "hex": f"0x7f000002:{port}",
        "octal": f"0177.0.0.2:{port}",
        "short": f"127.2:{port}",
        "mapped": f"[::ffff:127.0.0.2]:{port}",
        "point": f"127.0.0.2.:{port}",
        "user": f"a@127.0.0.2:{port}",
        "circled": f"①②⑦.⓪.⓪.②:{port}",
        "wide": f"127。0。0。2:{port}",
        "name": f"a.inside.example:{port}",
        "metadata": "169.254.169.254",
        "zero": f"0.0.0.0:{port}",
    }
    refused: tuple[Outcome, ...] = ("out_of_scope", "failed")
    for name, host in hosts.items():
        where = f"http://{host}/secret"
        # A header holds no character beyond Latin-1: a server sends its bytes.
        moved = response("", "302 Found", location=where.encode().decode("latin-1"))
        yield f"/302/{name}", Endpoint(7, moved, refused)
        sign = f'<meta http-equiv="refresh" content="0; url={where}">'
        yield f"/meta/{name}", Endpoint(7, response(page(f"/meta/{name}", "", sign)), (*refused, "not_story", "stored"))
        drawn = page(
            f"/part/{name}", text(name) + f'<p><a href="{where}">下一页</a></p><iframe src="{where}"></iframe>'
        )
        yield f"/part/{name}", Endpoint(7, response(drawn), ("stored", "incomplete"))


def rebinding(port: int) -> Iterator[tuple[str, Endpoint]]:
    """A name that leads here at first and to a private address when it is asked for again."""
    for number in range(3):
        moved = response("", "302 Found", location=f"http://a.rebind.example:{port}/behind/{number}")
        yield f"/rebind/{number}", Endpoint(8, moved, ("stored", "copy", "out_of_scope", "failed"))
        yield f"/behind/{number}", Endpoint(8, response(whole(f"/behind/{number}")), most=2, is_named=False)


def monsters() -> Iterator[tuple[str, Endpoint]]:
    unread: tuple[Outcome, ...] = ("not_story", "unreadable")

    def of(path: str, body: str, *outcomes: Outcome) -> tuple[str, Endpoint]:
        return path, Endpoint(15, response(page(path, body)), outcomes or ("stored", *unread))

    def nest(path: str, tag: str, count: int) -> str:
        return "".join(f"<{tag}>{one}" for one in sentences(path, count))

    attributes = " ".join(f"a{number}=1" for number in range(50_000))
    yield of("/manyattr", f"<p {attributes}>{text('/manyattr')}</p>", *unread)
    yield of("/spans", nest("/spans", "span", 5_000))
    yield of("/bold", nest("/bold", "b", 1_900))
    yield of("/tables", "<table><tr><td>" * 1_500 + text("/tables"))
    yield of("/paragraphs", nest("/paragraphs", "p", 1_000))
    yield of("/dashes", f"<p>{'-' * 100_000}</p>{text('/dashes')}")
    yield of("/doctype", f"<!DOCTYPE {'a ' * 500_000}>{text('/doctype')}")
    yield of("/comments", "<!--" * 20_000 + text("/comments"))
    yield of("/entities", f"&#x{'9' * 5_000};{text('/entities')}")
    yield of("/script", f"<script>var a={'[' * 50_000}</script>{text('/script')}", "stored")
    past = "".join(f"<li><a href='/none/{number}.html'>无名｜{number}</a></li>" for number in range(30))
    yield of("/lists", f"{text('/lists')}{'<ul><li>' * 600}{past}", "stored")
    for name, root in {"svg": "<svg><text>雾</text></svg>", "math": "<math><mi>x</mi></math>"}.items():
        yield f"/{name}", Endpoint(18, response(root), unread)
    brackets = f'<script type="application/ld+json">{"[" * 90_000}</script>'
    yield "/jsonld", Endpoint(18, response(page("/jsonld", text("/jsonld"), brackets)))
    yield "/json", Endpoint(18, response("[" * 90_000, content_type="application/json"), unread)
    yield "/pdf", Endpoint(18, response(b"%PDF-1.7\n" + bytes(5000)), unread)
    yield "/zip", Endpoint(18, response(b"PK\x03\x04" + bytes(5000)), unread)


def deep() -> Iterator[tuple[str, Endpoint]]:
    """Text at every level, bare or in paragraphs; more of them: tests/crawler/extraction/test_hostile.py."""
    for tag, inner, depth in (
        ("div", "", 1000),
        ("div", "p", 250),
        ("div", "p", 2000),
        ("font", "", 2000),
        ("font", "p", 300),
    ):
        path = f"/deep/{tag}{inner}/{depth}"
        before, behind = (f"<{inner}>", f"</{inner}>") if inner else ("", "")
        lines = "".join(f"<{tag}>{before}{one}{behind}" for one in sentences(path, depth))
        yield path, Endpoint(16, response(page(path, lines)))


def strings() -> Iterator[tuple[str, Endpoint]]:
    body = page("/nul", text("nul")).encode().replace("雾港".encode(), "雾\x00\x1b]0;bad\x07\u202e港".encode())
    yield "/nul", Endpoint(23, response(body))
    marked = '<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"\\u0000\\ud800甲"}}</script>'
    yield "/surrogate", Endpoint(23, response(page("/surrogate", text("surrogate"), marked)))
    yield "/referrer", Endpoint(26, response(whole("/referrer"), referrer_policy="sys.exit"))
    for name in ("gb18030", "big5", "gb2312", "gbk"):
        path = f"/charset/{name}"
        honest = whole(path).replace("utf-8", name).encode("gb18030" if name != "big5" else "big5", "ignore")
        yield path, Endpoint(22, response(honest, content_type=f"text/html; charset={name}"))
        lying = (
            whole(f"/lie/{name}")
            .replace('<meta charset="utf-8">', "")
            .encode("gb18030" if name != "big5" else "big5", "ignore")
        )
        yield f"/lie/{name}", Endpoint(22, response(lying))
    yield "/empty", Endpoint(32, response(""), ("failed", "not_story", "unreadable"), TRIES)
    yield "/blank", Endpoint(32, response(" " * 5000), ("failed", "not_story", "unreadable"), TRIES)
    hidden: tuple[Outcome, ...] = ("soft_404", "blocked", "gone")
    yield "/soft404", Endpoint(32, response(page("/soft404", "<p>对不起，该信息不存在或未通过审核！</p>")), hidden)
    yield "/paywall", Endpoint(32, response(page("/paywall", "<p>本文为订户专享，请登录或订阅后阅读。</p>")), hidden)
    yield "/down", Endpoint(32, response(page("/down", "<p>Database connect error</p>")), hidden)
    for number in range(3):  # nobody can know it of one of them
        same = page(f"/same/{number}", "<p>本站改版，旧文整理后陆续恢复，谢谢关心。</p>")
        yield f"/same/{number}", Endpoint(32, response(same), ("stored", "copy"))
    yield "/304", Endpoint(4, response("", "304 Not Modified"), ("failed",))
    yield "/206", Endpoint(4, response(whole("/206"), "206 Partial Content"), ("truncated",), TRIES)
    yield "/rendered", Endpoint(4, response(whole("/rendered"), x_rendered="1"))


def quick(port: int) -> dict[str, Endpoint]:
    """All that a crawl gets through in seconds."""
    parts = (
        bombs(),
        large(),
        cut(),
        lengths(),
        redirects(),
        private(port),
        rebinding(port),
        deep(),
        monsters(),
        strings(),
    )
    return dict(pair for part in parts for pair in part)


def start(paths: Mapping[str, Endpoint], more: str = "") -> bytes:
    """The page that names them all."""
    return story("雾港旧闻｜总目", [(title(path), path) for path, one in paths.items() if one.is_named], head=more)
