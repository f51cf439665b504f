"""A real crawl that begins at a mirror: the series is at home where the mirror says that its original is."""

from pathlib import Path

from benchmarks.series import warc_of
from storage import Archive
from tests.crawling import crawl_command, scrapy
from tests.story_pages import column, story

MIRROR, HOME = "https://copies.example/boats/", "https://harbour.example/logs/"
TITLES = [f"船坞日志｜第{n}条船的{word}" for n, word in enumerate(("油漆", "缆绳", "龙骨", "帆布"), 1)]


def page(number: int, folder: str) -> tuple[str, str]:
    """The mirror has the same text, and a canonical link to where it has it from."""
    title = TITLES[number - 1]
    near = [("上一篇", TITLES[number - 2], f"{number - 1}.html")] if number > 1 else []
    head = f'<link rel="canonical" href="{HOME}{number}.html">'
    return f"{folder}{number}.html", _html(story(title, column=folder, near=near, head=head, day=f"2021-03-0{number}"))


def test_stories_stand_on_what_a_mirror_copies_from(tmp_path: Path) -> None:
    rows = [(title, f"{number}.html") for number, title in enumerate(TITLES, 1)][::-1]
    warc, archive = tmp_path / "site.warc", tmp_path / "archive.db"
    of_mirror, of_home = [page(3, MIRROR), page(2, MIRROR)], [page(number, HOME) for number in range(1, 5)]
    warc_of([*of_mirror, *of_home, (HOME, _html(column(rows, name="船坞日志")))], warc)
    ended = scrapy(archive, crawl_command(f"{MIRROR}3.html", "-a", f"warc={warc}"))
    assert "Traceback" not in ended.stderr, ended.stderr
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        found = {entry.url: (entry.state, entry.copies) for entry in opened.ledger(f"{MIRROR}3.html").entries}
    assert {url for url, (state, _) in found.items() if state == "stored"} == {url for url, _ in of_home}
    assert [found[f"{HOME}{number}.html"][1] for number in (1, 2, 3, 4)] == [1, 2, 2, 1]


def _html(answer: bytes) -> str:
    return answer.partition(b"\r\n\r\n")[2].decode()
