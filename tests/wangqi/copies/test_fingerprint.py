"""What texts are found by, and what is left out before."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wangqi.copies.stories import OTHER, SPUN, STORY
from wangqi.copies.alignment.anchors import number_spans, value
from wangqi.copies.candidates import resemblance
from wangqi.copies.fingerprint import fingerprint
from wangqi.copies.records import SKETCH_VERSION
from wangqi.text.forms import display, key_of_display, key_offsets, match_key
from wangqi.text.paragraphs import paragraph_hashes, repeated, without_repeated


def marks(text):
    text = display(text)
    return fingerprint(match_key(text), text)


def test_the_constants_are_frozen():
    """A stored sketch must be found again by every later version: whoever breaks this raises SKETCH_VERSION."""
    frozen = marks(
        "落霞与孤鹜齐飞，秋水共长天一色。渔舟唱晚，响穷彭蠡之滨；雁阵惊寒，声断衡阳之浦。遥襟甫畅，逸兴遄飞。" * 2
    )
    assert SKETCH_VERSION == frozen.version == 2
    assert frozen.sketch is not None
    assert frozen.sketch[:2].hex() == "046e"
    assert frozen.bands[:2] == (9319229892684347, 102536916738245767)
    assert frozen.sentences[0] == -5935744256737886129


def test_shape():
    story = marks(STORY)
    assert story.sketch is not None
    assert len(story.sketch) == 126
    assert len(story.bands) == len(set(story.bands)) == 42
    assert all(-(2**63) <= each < 2**63 for each in (*story.bands, *story.sentences))
    assert [band >> 56 for band in story.bands] == list(range(42))


def test_a_short_text_has_no_sketch_and_may_have_sentences():
    short = marks("河湾镇的茶园今年又增收了，茶农很高兴。")
    assert short.sketch is None
    assert short.bands == ()
    assert len(short.sentences) == 1
    assert marks("。。。") == fingerprint("", "")


def test_a_spun_copy_shares_bands_and_a_stranger_does_not():
    story, spun, other = marks(STORY), marks(SPUN), marks(OTHER)
    assert set(story.bands) & set(spun.bands)
    assert story.sketch
    assert spun.sketch
    assert other.sketch
    assert resemblance(story.sketch, spun.sketch) > resemblance(story.sketch, other.sketch)
    assert resemblance(story.sketch, story.sketch) == 1.0


def test_an_excerpt_of_a_line_shares_a_hash():
    part = STORY[STORY.index("去年，") : STORY.index("“大家")]
    assert set(marks(STORY).sentences) & set(marks(part).sentences)


def test_paragraphs_of_three_stories_are_left_out():
    note, footer = "编者按：河湾区开展系列报道。", "主办：河湾区融媒体中心"
    texts = [f"{note}\n第{word}篇讲的是另一件事情。\n{footer}" for word in "一二三"]
    counts: dict[int, int] = {}
    for text in texts:
        for paragraph in paragraph_hashes(text):
            counts[paragraph] = counts.get(paragraph, 0) + 1
    template = repeated(counts)
    assert without_repeated(texts[0], template) == "第一篇讲的是另一件事情。"
    assert without_repeated(note, template) == note
    assert repeated({1: 2, 2: 3}) == {2}


def test_points_make_no_paragraph_another_one():
    assert paragraph_hashes("编者按：河湾区。\n\n——") == paragraph_hashes("编者按:河湾区，，，")


@given(st.text(alphabet="一二三十百千万亿两〇0123456789年个次第人国", max_size=30))
def test_every_number_has_a_value(key):
    for start, end in number_spans(key):
        assert value(key[start:end]) >= 0


@pytest.mark.parametrize(
    ("number", "meant"),
    [("二〇一九", 2019), ("第三", 3), ("十二", 12), ("两千三百", 2300), ("一亿二千万", 120_000_000), ("017", 17)],
)
def test_values(number, meant):
    assert value(number) == meant


@given(st.text(alphabet="國国说(guó)，。㎡Ａb 1\u0301か゛😀", max_size=30))
def test_offsets_lead_back_to_the_display_form(text):
    shown = display(text)
    key, offsets = key_of_display(shown), key_offsets(shown)
    assert len(offsets) == len(key)
    assert offsets == sorted(offsets)
    assert all(char in match_key(shown[offset]) for char, offset in zip(key, offsets, strict=True))


def test_importing_costs_no_dictionary():
    code = "import sys, wangqi.copies; print(*({'rjieba', 'trafilatura'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
