"""The word lists: what a text must hold for a list to fit it at all."""

import pytest

from crawler.extraction import vocabulary
from crawler.extraction.source.notices import sounds_like_conditions


def test_each_alternative_is_known_by_the_letters_that_it_begins_with(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {"harbour": {"signs": ["渡口|灯(?:塔|船)?|未经[^，]{0,9}(?:许可|同意)", r"liab\w*|cookies?|third part\w*"]}}
    monkeypatch.setattr(vocabulary, "_LISTS", lists)
    assert vocabulary.openings("harbour", "signs") == ("渡口", "灯", "未经", "liab", "cookie", "third part")


def test_an_alternative_that_begins_with_a_pattern_cannot_be_asked_for_cheaply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_LISTS", {"harbour": {"signs": ["渡口|(?:灯|船)塔"]}})
    with pytest.raises(AssertionError):
        vocabulary.openings("harbour", "signs")


@pytest.mark.parametrize(
    ("line", "sounds"),
    [
        ("本网站不承担任何责任，用户须自担风险。", True),
        ("LIABILITY, Copyright and Privacy are dealt with elsewhere.", True),
        ("本公司与本平台、本网站都在河岸。", True),  # three words with one beginning
        ("风险，风险，风险，老陈说了三遍。", False),
        ("渡轮复航了。", False),
    ],
)
def test_a_line_sounds_like_conditions_by_three_different_words(line: str, *, sounds: bool) -> None:
    assert sounds_like_conditions(line) is sounds
