"""What a user may get wrong, and what may be wrong with the world: one clear line, the right code, nothing lost."""

import gzip
import io
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from storage import Archive
from tests.crawler.site import Site, response, serving
from tests.crawling import AT_HOME, ROOT, command, environment, run, scrapy

ERROR, USAGE, DISK, PARTIAL = 1, 2, 3, 20
QUICK = ("RETRY_PAUSE=0.1", "DOWNLOAD_TIMEOUT=5")
SENTENCE = "渡口的石阶每年汛后都要重新数一遍，缺了哪一级，看闸的人心里就有数了。"
NOWHERE = "http://127.0.0.1:1/1.html"


def story(title: str, *links: tuple[str, str]) -> bytes:
    lines = "".join(f'<li><a href="{url}">{text}</a></li>' for text, url in links)
    block = f"<p>往期回顾</p><ul>{lines}</ul>" if links else ""
    body = f"<h1>{title}</h1><div class='content'>{f'<p>{SENTENCE}</p>' * 12}{block}</div>"
    return response(f"<html><head><title>{title}</title></head><body>{body}</body></html>")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def crawl(*arguments: str, **where: str) -> subprocess.CompletedProcess[str]:
    settings = [part for value in (*AT_HOME, *QUICK, *where.values()) for part in ("-s", value)]
    return run(command("crawl", *arguments, *settings), environment(Path("unused.db")))


def in_one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    assert not done.stdout
    return line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Name one series, as in: scrapy crawl series -a url=https://…"),
        (["series"], "Name a story to start from"),
        (["series", "-a", "url=渡口"], "'渡口' is no URL of the web"),
        (["series", "-a", "url=http://[::1/1.html"], "is no URL of the web"),
        (["series", "-a", f"ulr={NOWHERE}"], "-a ulr=… has no meaning here; did you mean 'url'?"),
        (["series", "-a", f"url={NOWHERE}", "-a", "refresh=everything"], "-a refresh=everything names no pages"),
        (["series", "-a", f"url={NOWHERE}", "-a", "render=maybe"], "-a render=maybe says not what is to be drawn"),
        (
            ["series", "-a", f"url={NOWHERE}", "-a", "render=1", "-s", "RENDER_BROWSER=/no/such"],
            "Pages cannot be drawn: ",
        ),
        # Row 23 of issue 12.
        (["series", "-s", "RUN_MAX_PAGES=x"], "The setting RUN_MAX_PAGES is 'x'; it takes a whole number, 0 or more."),
        (["series", "-s", "DOWNLOAD_MAXSIZE=10MB"], "DOWNLOAD_MAXSIZE is '10MB'; it takes a whole number of bytes"),
        (["nobody"], "The catalogue 'series.toml' has no series 'nobody'"),
        (["series", "-a", f"url={NOWHERE}", "-a", "warc=/no/such.warc.gz"], "'/no/such.warc.gz' cannot be read"),
        (["series", "-a", f"url={NOWHERE}", "-a", f"warc={ROOT}"], "cannot be read: Is a directory"),
        (["series", "-a", f"url={NOWHERE}", "-a", f"warc={ROOT / 'README.md'}"], "is no WARC"),
    ],
)
def test_wrong_usage(arguments: list[str], told: str, tmp_path: Path) -> None:
    done = crawl(*arguments, archive=f"ARCHIVE_URL=sqlite:///{tmp_path / 'archive.db'}")
    assert told in in_one_line(done)
    assert done.returncode == USAGE
    assert not list(tmp_path.iterdir()), "nothing was crawled, so no archive is made"


def test_a_broken_catalogue_is_named_with_line_and_key(tmp_path: Path) -> None:
    catalogue = tmp_path / "series.toml"
    catalogue.write_text('[dukou]\nstart = "https://news.example/1.html"\nmax_page = 3\n', "utf-8")
    archive = f"ARCHIVE_URL=sqlite:///{tmp_path / 'archive.db'}"
    done = crawl("dukou", archive=archive, catalogue=f"CATALOGUE={catalogue}")
    assert in_one_line(done) == "series.toml, line 3: [dukou] max_page: no such key; did you mean 'max_pages'?"
    assert done.returncode == USAGE


def test_an_entry_has_its_own_start(tmp_path: Path) -> None:
    catalogue = tmp_path / "series.toml"
    catalogue.write_text('[dukou]\nstart = "https://news.example/1.html"\n', "utf-8")
    done = crawl("dukou", "-a", f"url={NOWHERE}", catalogue=f"CATALOGUE={catalogue}")
    assert "'dukou' starts where its entry of the catalogue says" in in_one_line(done)
    assert done.returncode == USAGE


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////no/such/folder/archive.db", "there is no folder '/no/such/folder'"),
        (f"sqlite:///{ROOT / 'README.md'}", "is no SQLite database"),
        ("archive.db", "'archive.db' is no database address: use sqlite:///FILE"),
        ("mysql://me:secret@127.0.0.1/archive", "cannot live in 'mysql://me:***@127.0.0.1/archive'"),
        ("postgresql://me:secret@127.0.0.1:1/archive", "The archive postgresql://me:***@127.0.0.1:1/archive cannot be"),
        ("sqlite://", "is an archive in memory, gone with the crawl"),
        (f"sqlite:///{ROOT}", "is a folder. Name the archive in it"),
    ],
)
def test_an_archive_that_cannot_be_opened(url: str, told: str) -> None:
    done = crawl("series", "-a", f"url={NOWHERE}", archive=f"ARCHIVE_URL={url}")
    assert told in in_one_line(done)
    assert "secret" not in done.stderr
    assert done.returncode == ERROR


def test_an_archive_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    Archive(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE archive_version SET version_num = '9999'")
        connection.commit()
    before = file.read_bytes()
    done = crawl("series", "-a", f"url={NOWHERE}", archive=f"ARCHIVE_URL=sqlite:///{file}")
    assert "has schema version '9999'" in in_one_line(done)
    assert "use the release that wrote it" in done.stderr
    assert done.returncode == ERROR
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("path", "answer", "told"),
    [
        ("/gone.html", None, "the server answered 404"),
        ("/busy.html", response("", "500 Oops"), "the server answered 500"),
        ("/empty.html", response(""), ""),
        ("/binary.html", response(bytes(range(256)) * 400), ""),
        ("/file.pdf", response(b"%PDF-1.7\n" + bytes(range(256)) * 400, content_type="application/pdf"), ""),
        ("/round.html", response("", "302 Found", location="/round.html"), "redirect"),
    ],
)
def test_a_start_page_without_a_story_is_told_with_its_reason(
    site: Site, path: str, answer: bytes | None, told: str, tmp_path: Path
) -> None:
    if answer:
        site.pages[path] = answer
    url = site.url(path)
    done = crawl("series", "-a", f"url={url}", archive=f"ARCHIVE_URL=sqlite:///{tmp_path / 'archive.db'}")
    assert done.returncode == ERROR, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stdout.splitlines()
    assert lines[-1] == "  exit code 1: no story was found"
    (reason,) = [line.removeprefix(f"    {url}: ") for line in lines if line.startswith(f"    {url}: ")]
    assert len(reason) > 5
    assert told in reason


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (NOWHERE, "refused"),
        ("http://nobody.invalid/1.html", "nobody.invalid"),
    ],
)
def test_a_host_out_of_reach(url: str, told: str, tmp_path: Path) -> None:
    done = crawl("series", "-a", f"url={url}", archive=f"ARCHIVE_URL=sqlite:///{tmp_path / 'archive.db'}")
    assert done.returncode == ERROR
    assert "Traceback" not in done.stderr
    assert "  this run: 1 failed" in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.startswith(f"    {url}: ")]
    assert told in line


def test_a_page_that_failed_beside_one_that_did_not(site: Site, tmp_path: Path) -> None:
    site.pages["/1.html"] = story("数石阶的人：第一级", ("数石阶的人：第二级", "/2.html"))
    site.pages["/2.html"] = response("", "500 Oops")
    url = site.url("/1.html")
    done = crawl("series", "-a", f"url={url}", archive=f"ARCHIVE_URL=sqlite:///{tmp_path / 'archive.db'}")
    assert done.returncode == PARTIAL, done.stdout + done.stderr
    assert "    《数石阶的人：第二级》: the server answered 500" in done.stdout
    assert "no story:" not in done.stdout, "what is missing is told once"


def test_a_page_that_is_cut_off_at_every_try(site: Site, tmp_path: Path) -> None:
    whole = gzip.compress(SENTENCE.encode() * 50)
    site.pages["/1.html"] = response(whole[: len(whole) // 2], content_encoding="gzip")
    url = site.url("/1.html")
    done = crawl("series", "-a", f"url={url}", archive=f"ARCHIVE_URL=sqlite:///{tmp_path / 'archive.db'}")
    assert "Traceback" not in done.stderr
    assert "  this run: 1 truncated" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("kind", ["warcinfo", "none of its pages", "torn"])
def test_a_warc_that_does_not_help(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "series.warc.gz"
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(writer.create_warcinfo_record("series.warc.gz", {"software": "a test"}))
        if kind != "warcinfo":
            page = writer.create_warc_record("http://other.example/", "resource", warc_content_type="text/html")
            writer.write_record(page)
            page.raw_stream.close()
    if kind == "torn":
        file.write_bytes(file.read_bytes()[:-30])
    url = "http://archive.example/1.html"
    archive = tmp_path / "archive.db"
    done = crawl("series", "-a", f"url={url}", "-a", f"warc={file}", archive=f"ARCHIVE_URL=sqlite:///{archive}")
    assert "Traceback" not in done.stderr
    if kind == "none of its pages":
        assert done.returncode == ERROR
        assert f"    {url}: {url} is not in {file}" in done.stdout
    else:
        assert done.returncode == USAGE
        assert f"{str(file)!r} holds no response" in done.stderr.splitlines()[-1]


def test_a_warc_with_a_torn_end_is_a_doubt(tmp_path: Path) -> None:
    file, url = tmp_path / "series.warc.gz", "http://archive.example/1.html"
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for at in (url, "http://archive.example/2.html"):
            html = story("数石阶的人：第一级").split(b"\r\n\r\n", 1)[1]
            one = writer.create_warc_record(at, "resource", payload=io.BytesIO(html), warc_content_type="text/html")
            writer.write_record(one)
            one.raw_stream.close()
    file.write_bytes(file.read_bytes()[:-30])
    archive = f"ARCHIVE_URL=sqlite:///{tmp_path / 'archive.db'}"
    done = crawl("series", "-a", f"url={url}", "-a", f"warc={file}", archive=archive)
    assert done.returncode == PARTIAL, done.stdout + done.stderr
    assert f"{file} ends, or is damaged, in the middle of a record; the 1 before it are used" in done.stdout


@pytest.mark.parametrize("room", [400_000, 900_000], ids=["at the first page", "in the middle"])
def test_a_full_disk(site: Site, room: int, tmp_path: Path) -> None:
    pages = 12
    for number in range(pages):
        filler = "".join(f"<!-- {number * 7919 + step * 104729 % 1000003} -->" for step in range(8000))
        following = (f"数石阶的人：第{number + 1}级", f"/{number + 1}.html")
        site.pages[f"/{number}.html"] = story(f"数石阶的人：第{number}级", following) + filler.encode()
        site.pages[f"/{number}.html"] = response(site.pages[f"/{number}.html"].split(b"\r\n\r\n", 1)[1])
    archive = tmp_path / "archive.db"
    arguments = [
        *command("crawl", "series", "-a", f"url={site.url('/0.html')}"),
        *(part for value in (*AT_HOME, *QUICK) for part in ("-s", value)),
    ]
    full = run(arguments, environment(archive), largest_file=room)
    assert full.returncode == DISK, full.stderr
    assert "Traceback" not in full.stderr
    assert len([line for line in full.stderr.splitlines() if "No room left for the archive" in line]) == 1
    with closing(sqlite3.connect(archive)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    again = scrapy(archive, arguments)
    # That the last page, which is named, is gone is believed after visits over days.
    assert again.returncode == PARTIAL, again.stdout + again.stderr
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        (one,) = opened.stories()
        assert one.copies == pages  # one text under twelve titles
