"""Which albums are the series, and what becomes of their rows."""

from crawler.extraction.model import Extraction, LinkKind, SeriesLink
from crawler.scope.albums import Albums
from crawler.scope.membership import Membership
from tests.wechat_pages import ALBUM

FURTHER = f"{ALBUM}&begin_msgid=26&begin_itemidx=1&count=10&f=json"
OTHER = ALBUM.replace("2716", "9")


def link(kind: LinkKind, title: str, url: str = "https://mp.weixin.qq.com/s/1", score: float = 0.9) -> SeriesLink:
    return SeriesLink(kind=kind, title=title, url=url, href=None, position=0, score=score, reasons=("a row",))


def album(*titles: str, name: str | None = "巷子里", page: str = "") -> Extraction:
    rows = [link("entry", title, f"https://mp.weixin.qq.com/s/{title}") for title in titles]
    return Extraction(kind="listing", title=name, links=(*rows, link("page", page, FURTHER)))


def start(*albums: SeriesLink) -> Extraction:
    return Extraction(kind="story", title="一碗汤", links=albums)


def taken(page: Extraction) -> list[str]:
    return [one.title for one in page.links if one.kind == "series" and one.in_block]


def test_the_only_album_of_the_start_is_the_series_where_no_title_says_otherwise() -> None:
    albums = Albums(Membership(["一碗汤"]))
    albums.start_with(start(link("listing", "巷子里", ALBUM)))
    assert taken(albums.read(album("一碗汤", "补锅"), ALBUM, 1)) == ["一碗汤", "补锅"]
    assert albums.name == "巷子里"


def test_of_two_tags_neither_is_the_series() -> None:
    albums = Albums(Membership(["一碗汤"]))
    albums.start_with(start(link("listing", "生活", ALBUM), link("listing", "美食", OTHER)))
    assert taken(albums.read(album("一碗汤", "补锅"), ALBUM, 1)) == []


def test_the_surer_album_counts_beside_a_tag() -> None:
    albums = Albums(Membership(["一碗汤"]))
    albums.start_with(start(link("listing", "巷子里", ALBUM), link("listing", "美食", OTHER, score=0.6)))
    assert taken(albums.read(album("补锅"), ALBUM, 1)) == ["补锅"]
    assert taken(albums.read(album("补锅"), OTHER, 1)) == []


def test_rows_are_judged_by_their_titles_where_these_have_a_shape() -> None:
    albums = Albums(Membership(["巷口人｜一碗汤", "巷口人｜补锅", "巷口人｜竹篮"]))
    albums.start_with(start(link("listing", "本地", ALBUM)))
    assert taken(albums.read(album("巷口人｜竹篮", "巷口人｜修伞", "停电通知", name="本地"), ALBUM, 1)) == [
        "巷口人｜竹篮",
        "巷口人｜修伞",
    ]


def test_an_album_that_bears_the_series_name_is_the_series() -> None:
    albums = Albums(Membership(["巷子人家｜一碗汤", "巷子人家｜补锅", "巷子人家｜竹篮"]))
    assert taken(albums.read(album("巷子人家｜修伞", "编后记", name="巷子人家系列"), ALBUM, 1)) == [
        "巷子人家｜修伞",
        "编后记",
    ]


def test_a_further_page_that_is_read_first_waits_for_its_album() -> None:
    albums = Albums(Membership(["一碗汤"]))
    assert taken(albums.read(album("编后记", name=None), FURTHER, 2)) == []
    albums.start_with(start(link("listing", "巷子里", ALBUM)))
    found = albums.read(album("一碗汤"), ALBUM, 1)
    assert taken(found) == ["一碗汤", "编后记"]


def test_further_pages_bear_the_name_of_their_album() -> None:
    found = Albums(Membership()).read(album("一碗汤", name=None), FURTHER, 2, "巷子里")
    assert [one.title for one in found.links if one.kind == "page"] == ["巷子里"]


def test_other_pages_stay_as_they_are() -> None:
    page = album("一碗汤")
    assert Albums(Membership()).read(page, "https://paper.example/list", 0) is page


def test_rows_that_an_album_had_beyond_those_that_wait_are_told_once_it_is_the_series() -> None:
    albums = Albums(Membership())
    page = album(*(f"第{n}盏灯" for n in range(2_003)), name=None)
    albums.read(page, ALBUM, 1)
    assert albums.doubt() is None
    albums.read(album("又一盏灯"), ALBUM, 0)
    assert (albums.doubt() or "").startswith("3 rows of the album")
