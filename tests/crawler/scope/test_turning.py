"""What members turn to as the next leaf of a work, and what turns back to them, is of it."""

from dataclasses import replace

import pytest

from crawler.extraction.links import OF_ANOTHER
from crawler.extraction.model import DIGEST, Extraction, Kind, LinkKind, SeriesLink
from crawler.scope.arrivals import Arrivals, Link, is_part
from crawler.scope.leaves.turning import LEAF
from crawler.scope.membership import Membership
from wangqi.visit import HEARD_AGAIN

SITE = "https://mill.example"
BESIDE = "its label calls it next, the {} beside this one"
WAYS: list[tuple[str, LinkKind, str]] = [("prev", "prev", "上一章"), ("next", "next", "下一章")]
BARE = Link("下一章", "next: a neighbour without a title", "next")


def turned(title: str, *, kind: Kind = "story", evidence: str = "", **ways: str) -> Extraction:
    """A page that turns to others: `next="/5.html"`."""
    links = tuple(
        SeriesLink(
            kind=kind_of_way,
            url=f"{SITE}{ways[way]}",
            title=label,
            href=None,
            position=0,
            reasons=(BESIDE.format("篇"),),
        )
        for way, kind_of_way, label in WAYS
        if way in ways
    )
    return Extraction(kind=kind, title=title, links=links, evidence=evidence)


def of_a_book() -> Arrivals:
    """Its members are all alike: 5.2. 石槽, 5.3. 骡子, …"""
    members = Membership()
    for n, word in enumerate(["石槽", "骡子", "新麦", "碾子", "霜"], 2):
        members.reason(f"5.{n}. {word}", f"{SITE}/5s{n}.html")
        members.read(Extraction(kind="story", title=f"5.{n}. {word}"), f"{SITE}/5s{n}.html")
    return Arrivals(members)


@pytest.mark.parametrize(("back", "is_member"), [("/5s2.html", True), ("/elsewhere.html", False)])
def test_a_chapter_that_members_turn_to_has_to_turn_back(back: str, *, is_member: bool) -> None:
    arrivals = of_a_book()
    arrivals.turns.hear(turned("5.2. 石槽", prev="/5.html"), f"{SITE}/5s2.html")
    foreign = arrivals.why_foreign(turned("第五章 磨坊", next=back), f"{SITE}/5.html", BARE)
    assert (foreign is None) == is_member


def test_a_chapter_that_came_before_the_member_that_turns_to_it_is_heard_again_once() -> None:
    arrivals = of_a_book()
    assert arrivals.why_foreign(turned("第五章 磨坊", next="/5s2.html"), f"{SITE}/5.html", BARE)
    assert list(arrivals.heard_again(is_wiser=False)) == []
    arrivals.turns.hear(turned("5.2. 石槽", prev="/5.html"), f"{SITE}/5s2.html")
    (again,) = arrivals.heard_again(is_wiser=False)
    assert (again.url, again.title) == (f"{SITE}/5.html", "第五章 磨坊")
    assert again.reason.startswith(HEARD_AGAIN)
    assert list(arrivals.heard_again(is_wiser=False)) == []


@pytest.mark.parametrize(("back", "kind"), [("/5s2.html", "story"), ("/elsewhere.html", "listing")])
def test_a_list_that_is_a_leaf_of_a_work_is_a_part_if_it_turns_back(back: str, kind: str) -> None:
    arrivals = of_a_book()
    arrivals.turns.hear(turned("5.2. 石槽", prev="/5.html"), f"{SITE}/5s2.html")
    page = turned("第五章 磨坊", next=back, evidence=f"{DIGEST} 9 lines")
    assert arrivals.as_looked_at(page, f"{SITE}/5.html", BARE).kind == kind


def test_a_story_that_turns_leaves_is_no_column_though_it_was_taken_for_one() -> None:
    link = Link("第五章", "the column of the series: …", "listing")
    page = turned("磨坊", prev="/4s9.html", next="/5s2.html")
    assert of_a_book().as_looked_at(page, f"{SITE}/5.html", link).kind == "story"
    assert of_a_book().as_looked_at(turned("磨坊"), f"{SITE}/5.html", link).kind == "listing"


@pytest.mark.parametrize(
    ("link", "is_so"),
    [
        (BARE, True),
        (Link("Next page", "next: a neighbour without a title", "next"), True),
        (Link("骡子", "named as a member: the 节 beside this one", "series"), True),
        (Link("下一篇", "next: a neighbour without a title", "next"), False),
        (Link("骡子", "named as a member: the issue beside this one", "series"), False),
    ],
)
def test_the_leaves_of_a_work_are_chapters_and_pages(link: Link, *, is_so: bool) -> None:
    assert is_part(link) == is_so


def titled(title: str, **ways: str) -> Extraction:
    """A page that names its neighbours: 上一页 木桶."""
    page = turned(title, **ways)
    links = (replace(link, title="木桶", reasons=(BESIDE.format("页"),)) for link in page.links)
    return replace(page, links=tuple(links))


@pytest.mark.parametrize(
    ("chapter", "back", "has_contents", "is_member"),
    [
        ("/5/5.html", {"next": "/5/2.html"}, True, True),
        ("/5/5.html", {"next": "/5/2.html"}, False, False),  # the post beside this one in a blog
        (
            "/6/6.html",
            {"prev": "/5/2.html"},
            True,
            False,
        ),  # the first page of another work, behind the last of this one
        ("/6/6.html", {"prev": "/5/2.html", "next": "/6/2.html"}, False, True),
    ],
)
def test_a_neighbour_with_a_title_is_a_leaf_in_the_members_folder_or_between_two(
    chapter: str, back: dict[str, str], *, has_contents: bool, is_member: bool
) -> None:
    arrivals = of_a_book()
    arrivals.turns.has_contents = has_contents
    arrivals.turns.hear(titled("5.2. 石槽", next=chapter), f"{SITE}/5/2.html")
    if len(back) > 1:
        arrivals.turns.hear(titled("6.2. 骡子", prev=chapter), f"{SITE}/6/2.html")
    wanted = [one.url for one in arrivals.heard_again(is_wiser=False)]
    assert wanted == [f"{SITE}{chapter}"] * is_member
    foreign = arrivals.why_foreign(titled("磨坊", **back), f"{SITE}{chapter}", Link(None, LEAF, "series"))
    assert (foreign is None) == is_member


def test_nothing_around_a_column_in_a_magazine_is_followed() -> None:
    members = Membership(["磨坊手记 | Part 1", "磨坊手记 | Part 2"])
    arrivals = Arrivals(members)
    first = turned("磨坊手记 | Part 2", next="/more.html")
    first = replace(first, links=tuple(replace(link, score=OF_ANOTHER) for link in first.links))
    arrivals.turns.hear(first, f"{SITE}/5s2.html")
    named = [
        SeriesLink(kind="series", url=None, title=title, href=None, position=0)
        for title in ("磨坊手记 | Part 4", "本月招工")
    ]
    page = turned("磨坊手记 | Part 3", next="/more.html")
    page = replace(page, links=(*page.links, *named))
    assert [link.title for link in arrivals.without_others(page).links] == ["磨坊手记 | Part 4"]
    arrivals.turns.hear(page, f"{SITE}/5s3.html")
    assert arrivals.why_foreign(turned("本月招工", prev="/5s3.html"), f"{SITE}/more.html", BARE)


@pytest.mark.parametrize(
    ("title", "link", "is_so"),
    [
        ("磨坊手记 | Part 4", Link("Previous", "prev: a neighbour without a title", "prev"), True),
        ("磨坊手记", Link("Previous", "prev: a neighbour without a title", "prev"), False),
        ("第2页", Link("Previous", "prev: a neighbour without a title", "prev"), False),
        ("磨坊手记 | Part 4", Link("磨坊手记", "the column of the series", "listing"), False),
    ],
)
def test_a_list_that_is_called_as_members_are_is_an_issue(title: str, link: Link, *, is_so: bool) -> None:
    arrivals = Arrivals(Membership(["磨坊手记 | Part 1", "磨坊手记 | Part 2"]))
    assert arrivals.is_issue(Extraction(kind="listing", title=title), link) == is_so
    assert not arrivals.is_issue(Extraction(kind="story", title=title), link)
