"""Ways to the next member past stories of something else, and lists beside one that shows a member."""

from crawler.extraction.model import Extraction, LinkKind, SeriesLink
from crawler.scope.lists.alike import Alike, is_list_beside
from crawler.scope.lists.labels import Labels
from crawler.scope.lists.passing import Passing
from wangqi.series.family import Named

SITE = "https://mill.example"


def beside(kind: LinkKind, number: int) -> SeriesLink:
    return SeriesLink(kind=kind, url=f"{SITE}/{number}/", title=f"About {number} ropes", href=None, position=0)


def walked(passing: Passing, first: int, members: frozenset[int] = frozenset()) -> list[int]:
    """The numbers of pages in a row that are looked at, one after the other, until no more are."""
    known = {f"{SITE}/{number}/" for number in members}
    at, seen = first, [first]
    while True:
        page = Extraction(kind="story", links=(beside("prev", at - 1), beside("next", at + 1)))
        passing.hear(page, f"{SITE}/{at}/", lambda link: link.url, known)
        found = next(passing.next({f"{SITE}/{one}/" for one in seen}), None)
        if found is None:
            return seen[1:]
        passing.looked(is_fruitful=False)
        at = int(found.url.split("/")[-2])
        seen.append(at)


def test_the_way_past_stories_of_something_else_ends_after_a_few() -> None:
    assert sorted(walked(Passing(), 20)) == [16, 17, 18, 19, 21, 22, 23, 24]


def test_a_member_is_not_passed_by() -> None:
    assert sorted(walked(Passing(), 20, frozenset({19}))) == [21, 22, 23, 24]


def test_the_list_of_a_year_names_those_of_other_years() -> None:
    lists = Alike()
    shown, other, menu = f"{SITE}/back/h23.html", f"{SITE}/back/h22.html", f"{SITE}/back/9.html"
    lists.shows_member(shown)
    lists.lists(shown, {other: "平成22年度", menu: "ホーム"})
    assert [one.url for one in lists.unread(set())] == [other]
    assert lists.stands_beside(other)
    assert not lists.stands_beside(f"{SITE}/back/h21.html")


def test_a_row_in_the_folder_of_the_list_is_a_list_where_no_member_lies_there() -> None:
    members = [f"{SITE}/back/h23/07.html"]
    assert is_list_beside(f"{SITE}/back/h23.html", f"{SITE}/back/h22.html", members)
    assert not is_list_beside(f"{SITE}/back/h23.html", f"{SITE}/back/h23/08.html", members)
    assert not is_list_beside(f"{SITE}/back/01.html", f"{SITE}/back/02.html", [f"{SITE}/back/03.html"])


def test_rows_called_by_a_month_alone_are_back_numbers_in_the_list_that_shows_one_and_in_those_beside_it() -> None:
    labels, member = Labels(), Named("渡し場だより", f"{SITE}/back/h23/07.html")
    months = [Named(f"{month}月号", f"{SITE}/back/h23/{month:02}.html") for month in range(4, 8)]
    assert labels.alike(member, months, is_beside=False) == {row.url for row in months[:3]}
    others = [Named("7月号", f"{SITE}/back/h22/07.html"), Named("舟の歴史", f"{SITE}/back/h22/08.html")]
    assert labels.alike(member, others, is_beside=True) == {others[0].url}
    assert labels.alike(member, others, is_beside=False) == set()


def test_a_label_below_titles_says_nothing_in_another_list() -> None:
    labels, member = Labels(), Named("渡し場日記 その6", f"{SITE}/2005/02/post_27.html")
    labels.alike(member, [member, Named("続きを読む", member.url)], is_beside=False)
    row = f"{SITE}/2005/01/post_24.html"
    assert labels.alike(member, [Named("今日の天気", row), Named("続きを読む", row)], is_beside=True) == set()


def test_what_a_page_of_another_work_leads_to_is_left() -> None:
    passing, lists = Passing(), Alike()
    page = Extraction(kind="story", links=(beside("prev", 3), beside("next", 5)))
    passing.hear(page, f"{SITE}/4/", lambda link: link.url, {f"{SITE}/3/"})
    lists.shows_member(f"{SITE}/back/h23.html")
    lists.lists(f"{SITE}/4/", {f"{SITE}/back/h23.html": "23", f"{SITE}/back/h22.html": "22"})
    assert [*passing.next(set())]
    assert [*lists.unread(set())]
    passing.leave(f"{SITE}/4/")
    lists.leave(f"{SITE}/4/")
    assert [*passing.next(set()), *lists.unread(set())] == []
