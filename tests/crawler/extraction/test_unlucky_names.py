"""Names of elements, headings and words that speak against lines which the story tells nevertheless, or for others."""

import pytest

from crawler.extraction import Extraction, extract_page

URL = "https://harbour.example/a/2024/8.html"
STORY = [
    f"Paragraph {number} says how the ferry line returned to the harbour after {number} months, and what it cost."
    for number in range(1, 13)
]
TITLE = "Ferry line returns after a winter of storms"


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def read(held: str, *, head: str = f"<h1>{TITLE}</h1>") -> Extraction:
    page = f'<html lang="en"><head><title>{TITLE} - Harbour Daily</title></head><body>{head}{held}</body></html>'
    return extract_page(page.encode(), URL)


@pytest.mark.parametrize("name", ["is-style-sidebar", "ranking", "related-layout"])
def test_a_frame_that_tells_at_length_and_leads_nowhere_is_the_story_s_whatever_its_name(name: str) -> None:
    frame = f'<div class="{name}">{paragraphs(*STORY[3:])}</div>'
    page = read(f'<div class="entry">{paragraphs(*STORY[:3])}{frame}</div>')
    assert page.text.split("\n") == STORY


def test_a_box_of_other_stories_is_none_of_it_however_long() -> None:
    lead = "Nobody was hurt. " * 6
    cards = "".join(
        f'<div><h4><a href="/a/{at}.html">The lighthouse burned {at} times</a></h4><p>{lead}</p></div>'
        for at in range(12)
    )
    page = read(f'<div class="entry">{paragraphs(*STORY)}</div><div class="related">{cards}</div>')
    assert page.text.split("\n") == STORY


@pytest.mark.parametrize("name", ["author-box", "author-info", "post-author-bio"])
def test_who_wrote_a_story_is_no_part_of_it(name: str) -> None:
    life = "Ann Lee writes about harbours, ships and the sea, has won three prizes, and lives by the lighthouse."
    page = read(f'<article>{paragraphs(*STORY)}<div class="{name}"><h4>Ann Lee</h4><p>{life}</p></div></article>')
    assert page.text.split("\n") == STORY


def test_a_frame_named_after_a_writer_holds_the_story() -> None:
    assert read(f'<div class="author-wrapper">{paragraphs(*STORY)}</div>').text.split("\n") == STORY


def test_paragraphs_above_a_heading_that_was_taken_for_the_headline_are_the_story_s() -> None:
    parted = f"{paragraphs(*STORY[:3])}<h2>{TITLE}</h2>{paragraphs(*STORY[3:])}"
    page = read(f'<div class="entry">{parted}</div>', head="<h1>From the harbour</h1>")
    assert all(line in page.text for line in STORY)


def test_an_item_of_a_list_that_is_one_link_is_told_in_its_paragraph_too() -> None:
    items = "".join(f'<li><p><a href="/ferry/{at}">Ferry number {at} sails again</a></p></li>' for at in range(4))
    page = read(f'<div class="entry">{paragraphs(*STORY[:6])}<ul>{items}</ul>{paragraphs(*STORY[6:])}</div>')
    assert all(f"Ferry number {at} sails again" in page.text for at in range(4))


def test_an_item_with_words_of_a_story_s_tail_ends_no_story() -> None:
    items = "<li>The line's licence</li><li>Copyright license</li><li>Its boats</li>"
    page = read(f'<div class="entry">{paragraphs(*STORY[:6])}<ul>{items}</ul>{paragraphs(*STORY[6:])}</div>')
    assert page.text.split("\n")[-1] == STORY[-1]
