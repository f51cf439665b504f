"""Search finds exactly what a search for the substring would find."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Archive
from tests.storage.stories import begun, record, story_text
from wangqi.text.bigrams import contains, fold, match_query, snippet, terms

LETTERS = "招商引资银行水乡古镇，。𠀀々ab1 "


@given(st.text(LETTERS, max_size=60), st.text("招商引资银行水乡古镇𠀀々", min_size=1, max_size=4))
def test_phrases_are_substrings(text: str, word: str) -> None:
    assert contains(terms(text), match_query(word)) == (fold(word) in fold(text))


@given(st.text(max_size=80), st.text(max_size=10))
def test_tokens_hold_nothing_that_an_index_could_take_for_syntax(text: str, words: str) -> None:
    tokens = terms(text) + [token for phrase in match_query(words) for token in phrase.tokens]
    assert not any(character in " \t\n'\"\\*:&|!()-_" for token in tokens for character in token)
    assert snippet(text, words) is not None


def test_the_archive_answers_as_substrings_do(archive: Archive) -> None:
    series, run = begun(archive)
    chance = random.Random(7)
    texts = {n: "".join(chance.choices("招商引资银行水乡古镇，\n", k=40)) for n in range(1, 61)}
    for n, text in texts.items():
        archive.record(record(series, run, n, story=story_text(n, text, title=f"{n}"), named=[])).result()
    queries = ["招", "招商", "商引", "招商引", "水乡古镇", "招 商引", "银行 水乡", "镇"]
    for query in queries:
        wanted = {n for n, text in texts.items() if all(word in text for word in query.split())}
        assert {int(hit.story.title) for hit in archive.search(query, limit=100)} == wanted, query


def test_any_mark_or_none_may_stand_for_a_mark(archive: Archive) -> None:
    series, run = begun(archive)
    for n, text in enumerate(("水乡，古镇", "水乡。古镇", "水乡古镇", "水乡在古镇"), 1):
        archive.record(record(series, run, n, story=story_text(n, text), named=[])).result()
    assert {hit.story.ordinal for hit in archive.search("水乡、古镇")} == {1, 2}


def test_the_newest_publication_comes_first_and_the_undated_last(archive: Archive) -> None:
    series, run = begun(archive)
    for n, year in ((1, 2020), (2, 2024), (3, None), (4, 2022)):
        date = None if year is None else datetime(year, 1, 1, tzinfo=UTC)
        archive.record(record(series, run, n, story=story_text(n, published_at=date))).result()
    assert [hit.story.ordinal for hit in archive.search("渡口")] == [2, 4, 1, 3]
    assert [hit.story.ordinal for hit in archive.search("渡口", limit=2)] == [2, 4]


def test_a_series_is_searched_alone(archive: Archive) -> None:
    for number, name in enumerate(("河上旧事", "山中日记"), 1):
        series, run = begun(archive, name)
        archive.record(record(series, run, number)).result()
    assert [hit.story.series for hit in archive.search("渡口", series="山中日记")] == ["山中日记"]


@pytest.mark.parametrize(
    "words", ["", "  ", "，。", '"', "' OR 1", "AND", "NEAR(", "words:", "*", "\x00", "\ud800", "a'b\\c"]
)
def test_no_words_break_the_question(archive: Archive, words: str) -> None:
    assert archive.search(words) == []


def test_a_story_too_long_for_places_is_found_all_the_same(archive: Archive) -> None:
    series, run = begun(archive)
    long = "水乡古镇" * 6_000 + "招商引资" + "银行" * 10
    archive.record(record(series, run, 1, story=story_text(1, long))).result()
    assert len(archive.search("招商引资")) == 1
    assert archive.search("招商引银") == []
    assert len(archive.search("镇招")) == 1


def test_the_snippet_shows_the_hit_in_its_own_letters() -> None:
    assert snippet("前" * 100 + "ＡＩ招商" + "后" * 100, "ai招", around=3) == "…前前前ＡＩ招商后后…"
    assert snippet("只有这些", "没有") == "只有这些"
