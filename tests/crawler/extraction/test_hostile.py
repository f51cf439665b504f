import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction import extract_page

URL = "http://a.example/b/c.html"
SENTENCE = "老桥建成四十年了，守桥人换了七任。"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" " * 10_000_000, "blank"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\x00" * 4096, "binary"),
        (bytes(range(256)) * 64, "binary"),
        (b"[" * 90_000, "hardly a letter"),
        (b"<p " + b"a " * 50_000 + b">x", "attributes"),
        (("<div>" * 5000 + SENTENCE).encode(), "too_deep"),
        (SENTENCE.encode("gb18030") + b"\xff\xff\xff\x80" * 40, "undecodable"),
    ],
)
def test_no_page_is_other_with_the_reason(body, reason):
    page = extract_page(body, URL)
    assert page.kind == "other"
    assert reason in page.evidence
    assert page.text == ""


def test_a_long_data_address_is_no_monstrous_tag():
    page = extract_page(f'<img src="data:image/png;base64,{"A " * 60_000}"><p>{SENTENCE * 3}</p>'.encode(), URL)
    assert page.kind == "story"


@pytest.mark.parametrize("depth", [20, 50, 250, 500, 1000, 2000])
@pytest.mark.parametrize("level", ["<div>{}", "<div><p>{}</p>", "<section><p>{}</p>", "<font>{}", "<font><p>{}</p>"])
def test_row_16_text_at_every_level_of_a_nest_is_kept_whole(level, depth):
    """However much the innermost element holds by itself, what each one around it says is as much of the story."""
    page = extract_page(level.format(SENTENCE).encode() * depth, URL)
    assert page.text.count(SENTENCE) == depth


@pytest.mark.parametrize("tag", ["font", "b", "span", "section"])
def test_row_16_text_inside_a_deep_nest_is_found(tag):
    page = extract_page((f"<{tag}>" * 2000 + SENTENCE * 3).encode(), URL)
    assert page.text == SENTENCE * 3


@pytest.mark.parametrize(
    "page", ["<svg><p>x</p></svg>", "<math><mi>x</mi></math>", "<table>" * 2000, "<a><b>" * 3000, "<!--" * 5000]
)
def test_odd_roots_and_open_tags_do_not_raise(page):
    assert extract_page(page.encode(), URL).kind == "other"


def test_nul_and_half_surrogates_leave_no_trace():
    json_ld = (
        '<script type="application/ld+json">'
        '{"@type":"NewsArticle","headline":"\\ud800守桥人的\\u0000四十年记事"}</script>'
    )
    body = json_ld.encode() + b"<p>\x00\xed\xa0\x80</p>" + f"<p>{SENTENCE * 3}</p>".encode() * 40
    page = extract_page(body, URL)
    assert page.kind == "story"
    assert page.replaced > 0
    assert "replacement_characters" in page.warnings
    for text in (page.title or "", page.text):
        assert "\x00" not in text
        text.encode()


def test_broken_addresses_are_kept_as_written():
    page = extract_page(f'<base href="http://["><img src="http://[x"><p>{SENTENCE * 4}</p>'.encode(), URL)
    assert page.kind == "story"


def test_an_extraction_crosses_a_process_border():
    page = extract_page(f"<h1>桥</h1><p>{SENTENCE * 4}</p>".encode(), URL)
    assert pickle.loads(pickle.dumps(page)) == page


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class=share>",
                "<table><tr><td>",
                "<li><a href=x>",
                "</a>",
                "<img src=x>",
                SENTENCE,
                "往期",
                "来源：",
                "2021-06-11",
                "<h1>",
                "<script>",
                "&#0;",
                "\x08",
            ]
        ),
        max_size=40,
    )
)
def test_any_heap_of_tags_is_read(pieces):
    page = extract_page("".join(pieces).encode(), URL)
    assert page.text == "" or page.kind == "story"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 1500 + f"<p>{SENTENCE}</p>" * 1500,  # took 76 s when every line asked for all of its ancestors
        f"<title>{'-' * 60_000}</title><p>{SENTENCE * 4}</p>",  # took 45 s of backtracking
        f"<title>{'长' * 100_000}</title><p>{SENTENCE * 4}</p>",
        "<table>" * 1500 + f"<tr><td>{SENTENCE}</td></tr>" * 500,
        f"<p>{'2021-06-11 ' * 20_000}</p><p>{'来源：甲 ' * 20_000}</p>",
    ],
    ids=["deep and long", "dashes", "long title", "tables in tables", "dates and labels"],
)
def test_no_step_is_quadratic(page):
    begun = time.process_time()
    extract_page(page.encode(), URL)
    assert time.process_time() - begun < 3
