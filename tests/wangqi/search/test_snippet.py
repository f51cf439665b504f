"""What of a text is shown, and what of that is marked."""

from hypothesis import given
from hypothesis import strategies as st

from wangqi.search.snippet import snippet


def marked(text: str, *words: str, around: int = 40) -> str:
    """The snippet with its hits in square brackets."""
    piece = snippet(text, words, around)
    shown = piece.text
    for first, last in reversed(piece.hits):
        shown = f"{shown[:first]}[{shown[first:last]}]{shown[last:]}"
    return shown


def test_it_shows_the_hit_in_its_own_letters() -> None:
    assert marked("前" * 100 + "ＡＩ招商" + "后" * 100, "ai招", around=3) == "…前前前[ＡＩ招]商后后…"
    assert marked("只有这些", "没有") == "只有这些"


def test_every_hit_in_it_is_marked() -> None:
    assert marked("電子印章管理辦法，电子印章", "电子印章", "管理") == "[電子印章][管理]辦法，[电子印章]"
    assert marked("水乡，\n古镇", "水乡、古镇") == "[水乡， 古镇]"
    assert marked("A party of art", "art") == "A party of [art]"


@given(st.text(max_size=80), st.lists(st.text(max_size=6), max_size=3))
def test_marks_lie_in_it_and_apart(text: str, words: list[str]) -> None:
    piece = snippet(text, words)
    places = [place for hit in piece.hits for place in hit]
    assert places == sorted(places)
    assert all(0 <= place <= len(piece.text) for place in places)
