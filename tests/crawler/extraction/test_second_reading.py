"""Where the first reading takes little of a page, a second one is asked, and evidence decides between the two."""

import pytest
from lxml.html import HtmlElement

from crawler.extraction import Extraction, extract_page
from crawler.extraction.source.segments import segments_of
from crawler.extraction.source.tree import parse
from crawler.extraction.story.body import Body
from crawler.extraction.story.crosscheck import read_again
from crawler.extraction.story.cut import Cut
from crawler.extraction.story.junk import Junk

URL = "https://harbour.example/a/2024/9.html"
TITLE = "Ferry line returns after a winter of storms"
STORY = [
    f"Paragraph {number} says how the ferry line returned to the harbour after {number} months, and what it cost."
    for number in range(1, 13)
]
COOKIES = "This website uses cookies to give its readers the best experience, and to count the visits they make."

ASIDE = """<div><p>Ask our readers' desk about the paper, its price and how to have it sent to your house.</p></div>
<footer><p>Harbour Daily is printed in the old town and sold on both banks, every day but Sunday.</p></footer>"""


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def read(held: str, *, title: str = TITLE) -> Extraction:
    page = f'<html lang="en"><head><title>{title} - Harbour Daily</title></head><body>{held}</body></html>'
    return extract_page(page.encode(), URL)


WRAPPED = {
    "wrapper with an unlucky name": f'<h1>{TITLE}</h1><div class="content-sidebar-wrap">{paragraphs(*STORY)}</div>',
    "under a deck": f"<h1>{TITLE}</h1><h2>Storms kept the ferry line away, and the town paid for it dearly.</h2>"
    f'<div class="modal-content">{paragraphs(*STORY)}</div>',
    "over a cookie notice": f'<h1>{TITLE}</h1><div class="layout modal">{paragraphs(*STORY)}</div><p>{COOKIES}</p>',
    "beside an author card": f'<h1>{TITLE}</h1><div class="rank-story">{paragraphs(*STORY)}</div>'
    "<section><p>Ann Lee writes about harbours, ships and the sea, and lives by the lighthouse.</p></section>",
}


@pytest.mark.parametrize("held", WRAPPED.values(), ids=WRAPPED.keys())
def test_the_story_is_found_where_names_speak_against_it(held: str) -> None:
    notice = (
        "<footer><p>Harbour Daily is printed in the old town and sold on both banks, every day but Sunday.</p></footer>"
    )
    page = read(
        f"{held}<div><p>Ask our readers' desk about the paper, its price and how to have it sent.</p></div>{notice}"
    )
    assert page.kind == "story"
    assert [line for line in page.text.split("\n") if line.startswith("Paragraph")] == STORY
    assert COOKIES not in page.text


def test_two_readings_that_differ_are_told() -> None:
    page = read(WRAPPED["over a cookie notice"] + ASIDE)
    assert page.warnings == ("extractors_disagree",)


def test_of_a_form_a_second_reading_is_asked_though_it_has_most_of_the_prose() -> None:
    asked = paragraphs(
        "Write to us, and we will answer within two working days, if we are there.",
        "Tell us your name, your address, and what it is that you need of us.",
    )
    items = "".join(f"<li><a href='/w/{number}.html'>Harbour crane {number}</a></li>" for number in range(30))
    for tag, is_asked in (("form", True), ("div", False)):
        tree = parse(f"<html><body><{tag}><input name='a'>{asked}</{tag}><ul>{items}</ul></body></html>")
        assert is_asked_again(tree, tree, tree) == is_asked


def is_asked_again(tree: HtmlElement, story: HtmlElement | None, container: HtmlElement | None) -> bool:
    """Whether a second reading is asked where the first one took all the prose of an element."""
    assert story is not None
    assert container is not None
    segments = segments_of(tree)
    inside = set(story.iter())
    kept = [line for line in segments if line.prose and line.block in inside]
    body = Body(cut=Cut(kept), container=container, first=0, first_prose=0, last=0)
    return read_again(tree, segments, body, Junk(tree, segments, ())) is not None


@pytest.mark.parametrize(
    ("lines", "place", "is_asked"), [(12, "beside", False), (2, "beside", True), (12, "within", True)]
)
def test_how_other_stories_begin_is_nothing_to_be_found_beside_a_long_body(
    lines: int, place: str, *, is_asked: bool
) -> None:
    cards = "".join(
        f'<div class="card"><h4><a href="/b/{number}.html">The {number}th street and its baker</a></h4>'
        f"<p>In the {number}th street nobody had seen a baker for {number} years, till one came with an oven.</p></div>"
        for number in range(4, 60)
    )
    within = f"<div>{cards}</div>" if place == "within" else ""
    tree = parse(
        f"<html><body><main><div>{paragraphs(*STORY[:lines])}</div>{within}</main>"
        f"<section>{'' if within else cards}</section></body></html>"
    )
    story = tree.find(".//div")
    assert is_asked_again(tree, story, tree.find(".//main") if within else story) == is_asked


def test_a_short_item_stays_over_the_stories_of_others() -> None:
    item = paragraphs(
        "The ferry line returns on Monday after a winter of storms.", "The first boat leaves the quay at seven."
    )
    others = "".join(
        f'<div class="post"><h3><a href="/b/{number}.html">Another story of the {number}th street</a></h3>'
        f"<p>In the {number}th street nobody had seen a baker for {number} years, until one came with an oven.</p>"
        f"<p>He bakes at night, sells in the morning, and says that he will stay for {number} more years.</p></div>"
        for number in range(4, 30)
    )
    page = read(f"<h1>{TITLE}</h1><div>{item}</div><div>{others}</div>")
    assert "baker" not in page.text
    assert "The first boat leaves" in page.text


def test_a_story_stays_over_long_comments() -> None:
    said = paragraphs(
        *(f"I was on the ferry line {number} times, and the storms of winter were worse." for number in range(60))
    )
    page = read(f'<h1>{TITLE}</h1><div>{paragraphs(*STORY[:3])}</div><div class="comments">{said}</div>')
    assert page.text.split("\n") == STORY[:3]


def test_a_page_too_long_for_trafilatura_is_read_again_too() -> None:
    story = [
        f"Row {number} tells how the ferry line of the harbour came back, and for whom." for number in range(3_200)
    ]
    page = read(f'<h1>{TITLE}</h1><div class="has-popup">{paragraphs(*story)}</div>{ASIDE}')
    assert page.text.count("\n") + 1 == len(story)
    assert "extractors_disagree" in page.warnings


@pytest.mark.parametrize("tag", ["button", "noscript"])
def test_what_an_unclosed_element_swallows_is_read(tag: str) -> None:
    page = read(f'<div><{tag} class="menu"><span>Menu</span></div><h1>{TITLE}</h1><div>{paragraphs(*STORY)}</div>')
    assert page.text.split("\n") == STORY


def test_a_story_told_below_its_pictures_has_a_text() -> None:
    told = "".join(f'<img src="{number}.jpg"><p>{line}</p>' for number, line in enumerate(STORY[:5]))
    page = read(f'<h1>{TITLE}</h1><div class="pic-text">{told}</div>')
    assert page.text.split("\n") == STORY[:5]
