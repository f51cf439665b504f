"""Which unproven pages a crawl tries: those most like members', and only as many as earlier tries have earned."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.model import SeriesLink
from crawler.scope.probes import A_PROOF, FREE, Deferred, Probes
from wangqi.url_shapes import Addresses

HERE = "https://river.example"
MAP = f"{HERE}/map.xml"


def test_addresses_like_those_of_members() -> None:
    known = Addresses([f"{HERE}/river/202103/t20210304_7.html"])
    assert known.like(f"{HERE}/river/202212/t20221201_1234.html")
    for other in ("/city/202103/t20210304_8.html", "/river/t20210304_8.html", "/river/202103/index.html"):
        assert not known.like(HERE + other)
    assert not known.like("https://sea.example/river/202103/t20210304_8.html")
    assert not known.like(f"{HERE}/river/202103/t20210304_8.html?page=2")


def test_a_name_of_words_may_be_any_words_once_members_differ_in_it() -> None:
    known = Addresses([f"{HERE}/river/old-boat.html", f"{HERE}/river/two-nets.html"])
    assert not known.like(f"{HERE}/river/new-lamp.html")
    assert known.learn(f"{HERE}/river/red-oar.html")
    assert known.like(f"{HERE}/river/new-lamp.html")
    assert not known.learn(f"{HERE}/river/red-oar.html")


def test_the_nearest_is_tried_first() -> None:
    known = Addresses([f"{HERE}/n/1234.html"])
    urls = [f"{HERE}/n/{n}.html" for n in (9999, 1299, 1235)]
    assert known.nearest_first(urls) == urls[::-1]


@given(st.lists(st.booleans(), max_size=60))
def test_tries_have_to_be_earned(proofs: list[bool]) -> None:
    probes = Probes([f"{HERE}/n/0.html"])
    probes.take_addresses([f"{HERE}/n/{n}.html" for n in range(250)], MAP)
    tried = [url for url, _ in probes.mapped()]
    assert len(tried) == FREE
    for proven, url in zip(proofs, list(tried), strict=False):
        if proven:
            probes.learn(url, was_tried=True)
        tried += [one for one, _ in probes.mapped()]
    assert len(tried) == len(set(tried)) == FREE + A_PROOF * sum(proofs[:FREE])
    assert len(probes.alike(MAP)) == 249 - len(tried)
    assert probes.alike(f"{HERE}/other.xml") == []


def test_a_row_that_is_none_holds_up_no_other_once_one_has_proved_right() -> None:
    rows = [(f"{HERE}/n/{n}.html", str(n)) for n in range(12)]
    probes = Probes([rows[6][0]])
    probes.take_rows(rows, HERE)
    tried = [url for url, _ in probes.beside(lambda _: False)]
    assert tried == [rows[at][0] for at in (4, 5, 7)]
    assert list(probes.beside(lambda _: False)) == []
    probes.learn(rows[5][0], was_tried=True)
    assert [url for url, _ in probes.beside(lambda _: False)] == [rows[at][0] for at in (2, 3, 8)]


def test_what_earlier_runs_tried_counts() -> None:
    tried = [f"{HERE}/o/{n}.html" for n in range(FREE)]
    spent = Probes([f"{HERE}/n/0.html"], [f"{HERE}/n/1.html"], tried=tried)
    spent.take_addresses([f"{HERE}/n/{n}.html" for n in range(9)], MAP)
    assert list(spent.mapped()) == []
    earned = Probes([f"{HERE}/n/0.html", tried[0]], [f"{HERE}/n/1.html"], tried=tried)
    earned.take_addresses([f"{HERE}/n/{n}.html" for n in range(9)], MAP)
    assert {url for url, _ in earned.mapped()} == {f"{HERE}/n/{n}.html" for n in range(2, 9)}


def test_what_was_not_tried_is_a_doubt_once_a_try_has_found_a_part_that_nobody_names() -> None:
    for is_named in (False, True):
        probes = Probes([f"{HERE}/n/0.html"])
        probes.take_addresses([f"{HERE}/n/{n}.html" for n in range(100)], MAP)
        tried = [url for url, _ in probes.mapped()]
        assert probes.doubt() is None
        probes.learn(tried[0], was_tried=True)
        list(probes.mapped())
        if is_named:
            probes.met(tried[0])
        told = probes.doubt() or ""
        assert told.startswith("69 pages of columns and sitemaps were not tried") is not is_named


def test_rows_beside_a_member() -> None:
    probes = Probes([f"{HERE}/3"])
    probes.take_rows([(f"{HERE}/{n}", f"第{n}行") for n in range(9)], f"{HERE}/column/")
    assert [url for url, _ in probes.beside(lambda title: title == "第8行")] == [f"{HERE}/{n}" for n in (1, 2, 4, 6, 7)]
    assert list(probes.beside(lambda _title: False)) == []


def test_a_place_within_a_members_page_is_no_page() -> None:
    probes = Probes(["https://tide.example/letter-6/"])
    assert probes.is_within("https://tide.example/letter-6/#/portal/signin")
    assert not probes.is_within("https://tide.example/#/letter-7")


def test_what_is_left_out_of_lists_is_told_once_others_that_were_tried_are_members() -> None:
    probes = Probes([f"{HERE}/n/0.html"])
    probes.take_rows([(f"{HERE}/n/{n}.html", f"第{n}条鱼") for n in range(1, 5_004)], f"{HERE}/n/")
    assert probes.doubt() is None
    (first, *_) = [url for url, _ in probes.beside(lambda title: title == "第1条鱼")]
    probes.learn(first, was_tried=True)
    assert (probes.doubt() or "").startswith("3 pages of columns and sitemaps were not tried")
    probes.unread.add(MAP)
    assert "1 sitemaps not read to their end" in (probes.doubt() or "")


def test_links_that_were_let_go_are_told_once_they_might_have_been_judged() -> None:
    deferred = Deferred()
    for n in range(5_002):
        link = SeriesLink(kind="entry", title=f"第{n}条鱼", url=None, href=None, position=n)
        deferred.keep(f"{HERE}/{n}.html", link, HERE)
    assert deferred.doubt() is None
    assert list(deferred.reconsidered(lambda _: None)) == []
    assert (deferred.doubt() or "").startswith("2 rows of lists")
