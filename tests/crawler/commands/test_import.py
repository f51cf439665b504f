"""What others hold, taken in: JSON lines, saved pages, lists of addresses; whole ones and broken ones."""

import io
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from crawler.cli.bringing.lines import Lines
from crawler.cli.bringing.saved import _pages_of
from crawler.cli.bringing.takings import Takings
from crawler.cli.bringing.told import Told
from storage import Archive
from storage.exports.chosen import Chosen, Selection
from storage.exports.formats import FORMATS, export
from tests.crawler.commands.conftest import Answer
from tests.crawling import command, environment, run
from tests.storage.stories import address, begun, named, record, story_text
from wangqi import merkle
from wangqi.visit import Visit

Shell = Callable[..., Answer]


@pytest.fixture
def whole(tmp_path: Path) -> Archive:
    """Ten stories, one of them also on a mirror, that name an eleventh which is gone; and what people decided."""
    with Archive(f"sqlite:///{tmp_path / 'whole.db'}") as archive:
        series, run_id = begun(archive)
        for number in range(1, 11):
            own = story_text(number, details={"at_home": True})
            archive.record(record(series, run_id, number, story=own, named=named(number + 1, number - 1)))
        archive.record(record(series, run_id, 1, url="https://mirror.example/1", story=story_text(1)))
        gone = Visit(series_id=series, run_id=run_id, url=address(11), outcome="gone", reason="the server answered 404")
        archive.record(gone).result()
        archive.rename_series(series, title="河上的旧事")
        archive.edit_host("mirror.example", registrable="mirror.example", by="li", trust="suspect")
        archive.decide(address(3), address(4), "not_same", by="li")
        archive.place_page(address(9), "foreign", by="li")
        yield archive


def handed(archive: Archive, file: Path, form: str) -> Path:
    export(FORMATS[form], Chosen(archive=archive, selection=Selection()), file)
    return file


def taken(archive: Archive, file: Path, *, is_trusted: bool = False) -> Told:
    with Takings(archive, "sqlite://", "import") as takings:
        return Lines(archive, file.name, takings, is_trusted=is_trusted).take(file)


def test_an_archive_is_joined_to_one_that_holds_half_of_it(whole: Archive, tmp_path: Path) -> None:
    file = handed(whole, tmp_path / "whole.wangqi.jsonl", "archive")
    with Archive(f"sqlite:///{tmp_path / 'half.db'}") as half:
        series, run_id = begun(half)
        for number in range(1, 6):
            half.record(record(series, run_id, number, named=named(number + 1))).result()
        before = {row.url: row.text for row in half.stories()}
        told = taken(half, file)
        assert told.problems == []
        assert told.counts["stories known"] == 5
        assert told.counts["stories stored"] == 5
        assert told.counts["copies of stories stored"] == 1
        assert told.counts["pages without a story"] == 1
        assert told.counts["sites"] == 1
        assert told.counts["decisions"] == 2
        again = taken(half, file).counts
        (new,) = (row for row in half.stories() if row.url == address(7))
        proof = half.proof(new.id)
        assert proof.run_id in {run.id for run in half.runs(kind="import")}
        assert merkle.root_from(proof.leaf, proof.path) == proof.root
        assert again == {
            "series": 1,
            "stories known": 11,
            "pages known": 1,
            "sites known": 1,
            "decisions known": 2,
        }
        assert len(half.series()) == 1
        texts = {row.text for row in half.stories()}
        assert texts == {row.text for row in whole.stories()}
        assert len(list(half.stories())) == 10
        assert before.items() <= {row.url: row.text for row in half.stories()}.items()
        states = {entry.title: (entry.state, entry.reason) for entry in half.ledger("河上旧事").entries}
        assert states["河上旧事之3"] == ("stored", "")
        assert states["河上旧事之7"][0] == "copy only"
        assert "whole.wangqi.jsonl" in states["河上旧事之7"][1]
        assert states["河上旧事之11"] == ("failed", "the server answered 404, by whole.wangqi.jsonl")
        assert "河上旧事之9" not in states  # it is foreign, as a person has said
        assert half.hosts("mirror.example")[0].trust == "suspect"
    with Archive(f"sqlite:///{tmp_path / 'empty.db'}") as empty:
        assert taken(empty, file, is_trusted=True).problems == []
        assert {entry.state for entry in empty.ledger("河上旧事").entries if entry.story_id} == {"stored"}


def test_a_file_that_is_cut_between_two_lines_is_told(whole: Archive, tmp_path: Path) -> None:
    file = handed(whole, tmp_path / "whole.wangqi.jsonl", "archive")
    lines = file.read_bytes().splitlines(keepends=True)
    cut = "the last line that an export writes is missing: it is cut off"
    with Archive("sqlite://") as empty:
        file.write_bytes(b"".join(lines[:-2]))
        assert taken(empty, file).problems == [f"line {len(lines) - 1}: {cut}"]
        file.write_bytes(b"".join([*lines[:3], *lines[4:]]))
        assert taken(empty, file).problems == [
            f"line {len(lines) - 1}: {len(lines) - 1} lines should stand before it, and {len(lines) - 2} do"
        ]
        file.write_bytes(b"")
        assert taken(empty, file).problems == [f"line 1: {cut}"]
        file.write_bytes(b'{"line": "archive", "version": 1}\n')
        assert taken(empty, file).problems == []


def test_plain_json_lines_with_broken_ones_among_them(whole: Archive, tmp_path: Path) -> None:
    file = handed(whole, tmp_path / "stories.jsonl", "jsonl")
    lines = file.read_text("utf-8").splitlines()
    story = json.loads(lines[0])
    bad = [
        "{cut",
        "[]",
        '{"line": "what"}',
        '{"line": "archive", "version": 99}',
        json.dumps(story | {"url": "file:///etc/passwd"}),
        json.dumps(story | {"text": ""}),
        json.dumps(story | {"title": 5}),
        json.dumps(story | {"published_at": "some day"}),
        '{"title": "x"}',
        "[" * 100_000,
    ]
    file.write_text("\n".join([*bad, *lines, ""]), "utf-8")
    with Archive("sqlite://") as archive:
        told = taken(archive, file)
        assert [problem.partition(":")[0] for problem in told.problems] == [
            f"line {at}" for at in range(1, len(bad) + 1)
        ]
        assert told.counts == {"stories stored": 10}
        assert archive.count_stories() == 10


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.txt", "# mine\nhttps://a.example/1?utm_source=x  河上旧事\nno address\nhttps://b.example/2\n\n"),
        ("list.csv", '标题,网址\n河上旧事,https://a.example/1\n"坏",nowhere\n,https://b.example/2\n'),
        ("list.csv", "河上旧事,https://a.example/1\nx,no address\nhttps://b.example/2\n"),
        (
            "list.opml",
            """<opml><body><outline text="河上旧事" htmlUrl="https://a.example/1"/><outline url="nowhere"/>
            <outline text="group"><outline xmlUrl="https://b.example/2"/></outline></body></opml>""",
        ),
    ],
)
def test_a_list_of_addresses_becomes_entries(shell: Shell, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "series.toml").write_text('[old]\nstart = "https://old.example/"', "utf-8")
    answer = shell("import", name, CATALOGUE=str(tmp_path / "series.toml"))
    assert answer.code == 20
    assert answer.err.count("it has no address of a page") == 1
    assert "2 entries added" in answer.out
    catalogue = tomllib.loads((tmp_path / "series.toml").read_text("utf-8"))
    assert catalogue == {
        "old": {"start": "https://old.example/"},
        "a-example": {"start": "https://a.example/1", "title": "河上旧事"},
        "b-example": {"start": "https://b.example/2"},
    }
    assert "2 addresses known" in shell("import", name, CATALOGUE=str(tmp_path / "series.toml")).out


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (("a.jsonl", "b.txt"), "files of one kind"),
        (("a.warc.gz",), "--series NAME"),
        (("a.html",), "--series NAME"),
        (("bad.opml",), "it is no OPML"),
    ],
)
def test_what_is_no_import_is_one_line(shell: Shell, tmp_path: Path, files: tuple[str, ...], words: str) -> None:
    for file in files:
        (tmp_path / file).write_text("<opml")
    answer = shell("import", *files)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert shell("import", "none.jsonl").code == 1


WORDS = "渡口的船工老张今天收了桨，他说水退下去以后，对岸的人又会过来买菜，路还是那条路。"
BODY = "".join(f"<p>第{line}段：{WORDS}</p>" for line in range(1, 8))

OTHER = "".join(
    f"<p>那年{line}月涨了大水，磨坊的石阶淹到第{line * 3}级，王家把谷子搬上了阁楼，一袋也没有湿。</p>"
    for line in range(1, 8)
)


def test_addresses_of_saved_pages(tmp_path: Path) -> None:
    heads = {
        "<!-- saved from url=(0025)https://a.example/ie.html -->": "https://a.example/ie.html",
        "<!--\n Page saved with SingleFile \n url: https://a.example/single \n saved date: Tue Mar 05 2024 -->": (
            "https://a.example/single"
        ),
        '<link href="x.css"><link rel="canonical" href="https://a.example/canonical">': "https://a.example/canonical",
        '<meta property="og:url" content="https://a.example/og">': "https://a.example/og",
        "<p>https://a.example/none</p>": None,
    }
    for head, url in heads.items():
        (tmp_path / "page.html").write_text(f"<html>{head}<h1>河上</h1></html>", "utf-8")
        (found,) = _pages_of(tmp_path / "page.html", None, 0)
        assert (None if isinstance(found, str) else found.url) == url
    (found,) = _pages_of(tmp_path / "page.html", "https://a.example/given", 0)
    assert not isinstance(found, str)
    assert "larger than" in str(_pages_of(tmp_path / "page.html", None, 10))


def test_saved_pages_and_exported_articles(tmp_path: Path) -> None:
    head = "<!-- saved from url=(0025)https://a.example/1.html --><html><title>河上旧事之1</title>"
    page = f"{head}<h1>河上旧事之1</h1>{BODY}"
    (tmp_path / "1.html").write_text(page, "utf-8")
    link = "https://mp.weixin.qq.com/s?__biz=MzA4&mid=5&idx=1&sn=ab"
    articles = [
        {"title": "河上旧事之2", "link": link, "content": OTHER, "create_time": 1709600000},
        {"title": "只有地址", "link": "https://mp.weixin.qq.com/s?__biz=MzA4&mid=6&idx=1&sn=ab"},
    ]
    (tmp_path / "2.json").write_text(json.dumps({"data": {"articles": articles}}), "utf-8")
    arguments = command("import", str(tmp_path / "1.html"), str(tmp_path / "2.json"), "--series", "河上", "--json")
    ended = run(arguments, environment(tmp_path / "archive.db"))
    assert ended.returncode == 20, ended.stderr
    told = json.loads(ended.stdout)
    assert told["counts"] == {"stories stored": 2}
    assert len(told["problems"]) == 1
    assert "only its address" in told["problems"][0]
    with Archive(f"sqlite:///{tmp_path / 'archive.db'}", read_only=True) as archive:
        stories = {row.title: row for row in archive.stories("河上")}
        assert set(stories) == {"河上旧事之1", "河上旧事之2"}
        assert stories["河上旧事之1"].url == "https://a.example/1.html"
        assert {entry.state for entry in archive.ledger("河上").entries} == {"copy only"}


def test_pages_of_a_warc(tmp_path: Path) -> None:
    file = tmp_path / "all.warc.gz"
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, body in enumerate((BODY, OTHER, "<a href=1.html>1</a>", "torn"), 1):
            html = f"<html><title>河上旧事之{number}</title><h1>河上旧事之{number}</h1>{body}</html>".encode()
            url = f"https://a.example/{number}.html"
            one = writer.create_warc_record(url, "resource", payload=io.BytesIO(html), warc_content_type="text/html")
            writer.write_record(one)
            one.raw_stream.close()
    file.write_bytes(file.read_bytes()[:-30])
    arguments = command("import", str(file), "--series", "河上", "--json")
    ended = run(arguments, environment(tmp_path / "archive.db"))
    assert ended.returncode == 20, ended.stderr
    told = json.loads(ended.stdout)
    assert told["counts"] == {"stories stored": 2, "pages that tell no story": 1}
    assert told["problems"] == [f"{file} ends, or is damaged, in the middle of a record; the 3 before it are used"]
    again = json.loads(run(arguments, environment(tmp_path / "archive.db")).stdout)
    assert again["counts"] == {"stories known": 2, "pages that tell no story": 1}
