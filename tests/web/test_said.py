"""The whole room in Chinese, and the commands: not a word of ours in English on any page that a link leads to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from examples.serve import ExampleSite
from storage import Archive
from tests.crawling import command, crawl_command, environment, run, scrapy
from tests.web.conftest import Enter

# What strangers wrote, what is typed, addresses; names of formats, and of those who made them.
_NOT_OURS = (
    "//script | //code | //pre | //blockquote | //bdi | //*[@class='outside'] | //*[@hreflang]"
    " | //head/*[not(self::title)]"
)
_NAMES = re.compile(
    r"EPUB|HTML|Markdown|CSV|JSON|CSL|WARC|WACZ|OpenAPI|OPDS|Atom|RIS|BibTeX|GB/T|APA|Chicago|MLA"
    r"|SHA-256|robots\.txt|HTTP|meta|GET|HEAD|\w+:\w*|OR\b|NOT\b|r\d+"
    r"|(?:https?://)?[\w.-]+\.(?:example|test|cn|com)\S*|127\.0\.0\.1\S*|[\w.-]+:\d+\S*"
)
# The same page otherwise, and files with a language of their own.
_ELSEWHERE = re.compile(r"[?&](?:lang|theme)=|/export/")
_WORD = re.compile(r"[A-Za-z]{3,}")
_SAID = ("title", "aria-label", "placeholder", "alt")


class Told(NamedTuple):
    """Something about a series that a person should see."""

    level: str
    fact: str


def _of_every_series(archive: Archive) -> Mapping[str, Sequence[Told]]:
    silent = Told("look", "its last crawl read nothing: 3 pages were refused to us")
    return {row.name: [silent] for row in archive.series(with_missing=False)}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A series that a real crawl has archived, beside the copies of a site that tampers with them."""
    file = tmp_path_factory.mktemp("example") / "archive.db"
    with ExampleSite() as site:
        scrapy(file, crawl_command(site.start_url))
    return f"sqlite:///{file}"


@pytest.mark.parametrize("kind", ["small", "example"])
def test_every_page_speaks_chinese(kind: str, enter: Enter, request: pytest.FixtureRequest) -> None:
    client = enter(request.getfixturevalue(kind), language="zh-CN", health=_of_every_series)
    pages, left, seen = {}, ["/", "/nothing", "/search?q=渡口", "/search?q=a:b", "/why?of=x"], set[str]()
    while left:
        path = left.pop()
        answer = client.get(path)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        pages[path] = html.fromstring(answer.content)
        for link in pages[path].xpath("//a/@href"):
            found = urlsplit(urljoin(path, link))
            at = found.path + (f"?{found.query}" if found.query else "")
            if not found.netloc and at not in seen and not _ELSEWHERE.search(at):
                seen.add(at)
                left.append(at)
    english = {path: words for path, tree in pages.items() if (words := [*_english(tree)])}
    assert len(pages) > 30
    assert english == {}


def _english(tree: html.HtmlElement) -> Iterator[str]:
    for part in tree.xpath(_NOT_OURS):
        part.drop_tree()
    texts = [*tree.itertext(), *(value for name in _SAID for value in tree.xpath(f"//@{name}"))]
    yield from (" ".join(text.split()) for text in texts if _WORD.search(_NAMES.sub("", text)))


# Each reads; TAMPERED stands for the number of the story of which a copy was tampered with.
COMMANDS = (
    *("series", "series 巡河手记", "stories --limit 4", "runs", "health", "hosts", "review", "review words", "verify"),
    *("show TAMPERED", "copies TAMPERED", "changed --since 2020-01-01", "search 洪水", "search a:b", "why nowhere"),
    *("stories --since x", "show 999", "series nosuch", "diff 1 r999", "reextract", "mcp --x", "backup /nowhere/x"),
)
# What is typed and quoted, addresses, syntax, names of programs and (between tabs) of detectors.
_QUOTED = re.compile(
    r"`[^`]*`|《[^》]*》|'[^']*'|\"[^\"]*\"|\t[a-z_]+\t"
    r"|https?://\S+|（[a-z_]+）|[写有]法：.*|有：.*|^ +scrapy .*|\(scrapy .*?\)",
    re.MULTILINE,
)
_PROGRAMS = re.compile(r"scrapy|__main__\.py|SQLite|MiB|GiB|UTC|NAME|URL|\[.*?\]|--\w+|U\+\w+|ICP")


def test_every_command_speaks_chinese(example: str) -> None:
    number = _tampered(example)
    told = {asked: _run(example, *asked.replace("TAMPERED", number).split()) for asked in COMMANDS}
    english = {asked: words for asked, said in told.items() if (words := [*_english_lines(said)])}
    assert english == {}


def _tampered(url: str) -> str:
    with Archive(url) as archive:
        [number] = {hit.story.id for hit in archive.search("is:tampered")}
    return str(number)


def _run(url: str, *arguments: str) -> str:
    asked = {**environment(Path(url.removeprefix("sqlite:///"))), "WANGQI_LANG": "zh"}
    ended = run(command(*arguments), asked)
    assert ended.stdout or ended.stderr, arguments
    return ended.stdout + ended.stderr


def _english_lines(said: str) -> Iterator[str]:
    yield from (
        line for line in said.splitlines() if _WORD.search(_PROGRAMS.sub("", _NAMES.sub("", _QUOTED.sub("", line))))
    )
