"""Search finds exactly what a search for the substring would find, and what the other conditions say."""

import random
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Archive
from storage.rows import SORTS, Sort
from tests.storage.stories import begun, record, story_text
from wangqi.search.bigrams import fold, phrase_of, terms
from wangqi.search.parsing import QueryError

LETTERS = "招商引资银行水乡古镇，。𠀀々ab1 "


def holds(text: str, word: str) -> bool:
    phrase = phrase_of(word)
    assert phrase is not None
    wanted = f" {' '.join(phrase.tokens)}{'' if phrase.is_prefix else ' '}"
    return wanted in f" {' '.join(terms(text))} "


@given(st.text(LETTERS, max_size=60), st.text("招商引资银行水乡古镇𠀀々", min_size=1, max_size=4))
def test_phrases_are_substrings(text: str, word: str) -> None:
    assert holds(text, word) == (fold(word) in fold(text))


@given(st.text(max_size=80), st.text(max_size=10))
def test_tokens_hold_nothing_that_an_index_could_take_for_syntax(text: str, word: str) -> None:
    phrase = phrase_of(word)
    tokens = [*terms(text), *(phrase.tokens if phrase else ())]
    assert not any(character in " \t\n'\"\\*:&|!()-_" for token in tokens for character in token)


Question = tuple[str, Callable[[str, str], bool]]  # as it is typed, and what holds of title and text


def some_question(chance: random.Random, depth: int = 2) -> Question:
    """One of the language, with its meaning by substrings."""
    if depth == 0 or chance.random() < 0.3:
        word = "".join(chance.choices("招商引资银行水乡古镇", k=chance.choice([1, 1, 2, 2, 3])))
        if chance.random() < 0.25:
            return f"title:{word}", lambda title, _: word in title
        return word, lambda title, text: word in title or word in text
    parts = [some_question(chance, depth - 1) for _ in range(chance.choice([1, 2, 3]))]
    sort = chance.choice(["all", "any", "not"])
    if sort == "not":
        written, means = parts[0]
        return f"-({written})", lambda *of: not means(*of)
    whole = all if sort == "all" else any
    joint = " " if sort == "all" else " OR "
    return f"({joint.join(written for written, _ in parts)})", lambda *of: whole(means(*of) for _, means in parts)


def some_word(chance: random.Random, lines: Sequence[str]) -> Question:
    """Of one to eight characters, drawn at random or out of a line."""
    length = chance.randint(1, 8)
    line = chance.choice([line for line in lines if len(line) >= length])
    place = chance.randrange(len(line) - length + 1)
    drawn = "".join(chance.choices("招商引资银行水乡古镇", k=length))
    word = chance.choice([drawn, line[place : place + length]])
    return word, lambda title, text: word in title or word in text


@pytest.mark.parametrize("number", [50, pytest.param(2_500, marks=[pytest.mark.torture, pytest.mark.timeout(900)])])
def test_the_archive_answers_as_substrings_do(archive: Archive, number: int) -> None:
    series, run = begun(archive)
    chance = random.Random(7)
    draw = partial(chance.choices, "招商引资银行水乡古镇，\n")
    stories = {n: ("".join(draw(k=6)).strip("，\n") or "乡", "".join(draw(k=40))) for n in range(1, 61)}
    for n, (title, text) in stories.items():
        archive.record(record(series, run, n, story=story_text(n, text, title=f"{title}"), named=[])).result()
    lines = [line for story in stories.values() for part in story for line in re.split("[，\\n]", part) if line]
    words = [some_word(chance, lines) for _ in range(number * 4 // 5)]
    questions = [*words, *(some_question(chance) for _ in range(number // 5))]
    assert len({written for written, _ in questions}) > number / 2
    assert any(len(word) == 8 and means(*of) for word, means in words for of in stories.values())
    for written, means in questions:
        wanted = {n for n, of in stories.items() if means(*of)}
        found = archive.search(written, limit=100)
        assert {hit.story.ordinal for hit in found} == wanted, written
        assert found.total == len(wanted)
        assert {story.ordinal for story in archive.stories(query=written)} == wanted, written


def test_any_mark_or_none_may_stand_for_a_mark(archive: Archive) -> None:
    series, run = begun(archive)
    for n, text in enumerate(("水乡，古镇", "水乡。古镇", "水乡古镇", "水乡在古镇"), 1):
        archive.record(record(series, run, n, story=story_text(n, text), named=[])).result()
    assert {hit.story.ordinal for hit in archive.search("水乡、古镇")} == {1, 2}


def test_traditional_characters_and_wide_letters_find_the_others(archive: Archive) -> None:
    series, run = begun(archive)
    for n, text in enumerate(("电子印章管理办法", "電子印章管理辦法", "ＡＩ时代", "ai 時代"), 1):
        archive.record(record(series, run, n, story=story_text(n, text), named=[])).result()
    assert {hit.story.ordinal for hit in archive.search("電子印章")} == {1, 2}
    assert {hit.story.ordinal for hit in archive.search("AI时代")} == {3, 4}


def test_latin_words_are_found_whole_or_by_their_beginning(archive: Archive) -> None:
    series, run = begun(archive)
    for n, text in enumerate(("The party of 2024", "Works of art", "part one"), 1):
        archive.record(record(series, run, n, story=story_text(n, text), named=[])).result()
    assert [hit.story.ordinal for hit in archive.search("art")] == [2]
    assert {hit.story.ordinal for hit in archive.search("part*")} == {1, 3}
    assert [hit.story.ordinal for hit in archive.search('"of 2024"')] == [1]


def test_a_title_comes_before_a_text_and_the_newest_first_when_asked(archive: Archive) -> None:
    series, run = begun(archive)
    for n, (title, text) in enumerate((("洪水来了", "水"), ("别的", "渡口的洪水"), ("还有", "没有")), 1):
        archive.record(record(series, run, n, story=story_text(n, text, title=title), named=[])).result()
    best = archive.search("洪水")
    assert ([hit.story.ordinal for hit in best], best.order, best.total) == ([1, 2], "best", 2)
    newest = archive.search("洪水", newest=True)
    assert ([hit.story.ordinal for hit in newest], newest.order) == ([2, 1], "newest")


def test_the_newest_publication_comes_first_and_the_undated_last(archive: Archive) -> None:
    series, run = begun(archive)
    for n, year in ((1, 2020), (2, 2024), (3, None), (4, 2022)):
        date = None if year is None else datetime(year, 1, 1, tzinfo=UTC)
        archive.record(record(series, run, n, story=story_text(n, published_at=date))).result()
    assert [hit.story.ordinal for hit in archive.search("渡口", newest=True)] == [2, 4, 1, 3]
    assert [hit.story.ordinal for hit in archive.search("渡口", limit=2, newest=True)] == [2, 4]
    assert [hit.story.ordinal for hit in archive.search("after:2020 before:2023")] == [4, 1]
    assert [hit.story.ordinal for hit in archive.search("-after:2022")] == [1, 3]


def test_a_series_is_searched_alone(archive: Archive) -> None:
    for number, name in enumerate(("河上旧事", "山中日记"), 1):
        series, run = begun(archive, name)
        archive.record(record(series, run, number)).result()
    assert [hit.story.series for hit in archive.search("渡口", series="山中日记")] == ["山中日记"]
    assert [hit.story.series for hit in archive.search("渡口 series:日記")] == ["山中日记"]
    assert [hit.story.series for hit in archive.search("渡口 -series:河上")] == ["山中日记"]


def test_the_facts_of_a_story_are_asked_by_their_fields(archive: Archive) -> None:
    series, run = begun(archive)
    told = [{"author": "张三"}, {"source": "张三日报"}, {"subject": "张三家"}]
    for n, facts in enumerate(told, 1):
        archive.record(record(series, run, n, story=story_text(n, **facts), named=[])).result()
    for n, field in enumerate(("author", "source", "subject"), 1):
        assert [hit.story.ordinal for hit in archive.search(f"{field}:张三 渡口")] == [n]
    assert archive.search("张三") == []


@pytest.mark.parametrize("query", ["", "  ", "，。", '"', "' OR 1'", "AND", "NEAR(", "words:", "*", "\x00", "\ud800"])
def test_no_words_break_the_question(archive: Archive, query: str) -> None:
    try:
        assert archive.search(query) == []
    except QueryError as error:
        assert re.search(r"at character \d+", str(error))  # noqa: PT017 - some of them are questions


def test_a_story_too_long_for_places_is_found_all_the_same(archive: Archive) -> None:
    series, run = begun(archive)
    long = "水乡古镇" * 6_000 + "招商引资" + "银行" * 10
    archive.record(record(series, run, 1, story=story_text(1, long, title="厂志"))).result()
    assert len(archive.search("招商引资")) == 1
    assert archive.search("招商引银") == []
    assert len(archive.search("镇招")) == 1
    assert len(archive.search("title:厂 水乡古镇水乡 招商")) == 1
    assert archive.search("厂志 -银行") == []
    assert len(archive.search('"古镇水乡' + "古镇水乡" * 20 + '"')) == 1


def test_every_text_that_answers_is_found_when_copies_and_revisions_are_asked_for(archive: Archive) -> None:
    series, run = begun(archive)
    texts = {1: "水乡古镇", 2: "水乡的银行", 3: "招商引资"}
    for n, text in texts.items():
        archive.record(record(series, run, n, story=story_text(n, text, title="渡口"), named=[])).result()
    archive.record(record(series, run, 1, story=story_text(1, "水乡古镇，银行", title="渡口"), named=[])).result()
    copy = story_text(3, texts[3], title="转载：渡口")
    archive.record(record(series, run, 9, story=copy, url="https://copy.example/9", named=[])).result()
    said = {"水乡古镇，银行": 1, "水乡的银行": 2, "招商引资": 3}
    for question, means in (
        ("银行", lambda text: "银行" in text),
        ("渡口 -水乡", lambda text: "水乡" not in text),
        ("title:渡口 (招 OR 古)", lambda text: "招" in text or "古" in text),
        ("series:河上 水", lambda text: "水" in text),
        ("水 -series:河上", lambda _: False),
        ("is:copy", lambda text: text == "招商引资"),
    ):
        now = archive.search_texts(question)
        found = [hit.story.ordinal for hit in now]
        wanted = [n for text, n in said.items() if means(text) for _ in range(1 + (text == "招商引资"))]
        assert sorted(map(str, found)) == sorted(map(str, wanted)), question
        assert now.total == len(found)
        past = archive.search_texts(question, which="revisions")
        assert len(past) == len(found) + (means("水乡古镇") and question != "is:copy"), question
    assert {hit.url for hit in archive.search_texts("转载")} == {"https://copy.example/9"}
    (one,) = archive.search_texts("古镇 -银行", which="revisions")
    assert archive.text(f"r{one.revision_id}").text == "水乡古镇"
    assert (len(archive.search_texts("渡口", limit=2)), archive.search_texts("渡口", limit=2).total) == (2, 4)


def test_what_is_found_is_counted_by_series_year_and_source(archive: Archive) -> None:
    home = timezone(timedelta(hours=8))
    for name, year, source in (("甲", 2021, "早报"), ("甲", 2022, "早报"), ("乙", None, None)):
        series, run = begun(archive, name)
        date = None if year is None else datetime(year, 1, 1, tzinfo=home)
        number = len(list(archive.stories())) + 1
        archive.record(record(series, run, number, story=story_text(number, published_at=date, source=source))).result()
    found = archive.facets("渡口", zone=home)
    assert (found.total, found.series, found.years) == (3, {"甲": 2, "乙": 1}, {2021: 1, 2022: 1})
    assert found.sources == {"早报": 2}
    assert archive.facets(zones={"甲": UTC}, zone=home).years == {2020: 1, 2021: 1}
    assert archive.facets("没有").total == 0
    assert archive.facets("渡口", "乙").series == {"乙": 1}


def test_stories_are_counted_and_sorted_as_is_asked(archive: Archive) -> None:
    series, run = begun(archive)
    told = {1: ("乙", "长一些的文字", 2022), 2: ("甲", "短", 2024), 3: ("丙", "不长不短", None)}
    for n, (title, text, year) in told.items():
        date = None if year is None else datetime(year, 1, 1, tzinfo=UTC)
        archive.record(record(series, run, n, story=story_text(n, text, title=title, published_at=date))).result()

    def order(sort: Sort, *, reverse: bool = False) -> list[int | None]:
        return [one.ordinal for one in archive.stories(sort=sort, reverse=reverse)]

    assert (order("published"), order("published", reverse=True)) == ([2, 1, 3], [1, 2, 3])
    assert (order("length"), order("length", reverse=True)) == ([1, 3, 2], [2, 3, 1])
    assert (order("title"), order("number"), order("seen", reverse=True)) == ([3, 1, 2], [1, 2, 3], [1, 2, 3])
    for sort in SORTS:
        assert sorted(map(str, order(sort))) == ["1", "2", "3"]
        assert len(list(archive.stories(sort=sort, reverse=True, limit=2))) == 2
    assert archive.count_stories() == 3
    assert archive.count_stories("河上旧事", since=datetime(2022, 1, 1, tzinfo=UTC)) == 2
    assert archive.count_stories(query="短") == 2
