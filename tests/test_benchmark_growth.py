"""The benchmark of growth writes the same stories each time, and an archive takes them for what they are."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks import growth
from benchmarks.stories import Newsroom, Written
from wangqi.copies.shingles import grams, similarity
from wangqi.text.forms import display, match_key

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")  # in jieba's own lines


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return Newsroom()


def alike(one: Written, other: Written) -> float:
    return similarity(grams(match_key(one.text)), grams(match_key(other.text)))[0]


def test_a_story_depends_on_its_number_alone(room: Newsroom) -> None:
    assert [room.story(number) for number in range(40, 60)] == [*map(Newsroom().story, range(40, 60))]
    assert Newsroom(8).story(40).text != room.story(40).text


def test_every_hundred_hold_one_mix(room: Newsroom) -> None:
    kinds = [Counter(room.story(number).kind for number in range(start, start + 100)) for start in (100, 3000)]
    assert kinds[0] == kinds[1]
    assert set(kinds[0]) == {"mirror", "furnished", "spun", "half", "form", "column", "series"}


def test_kinds_are_as_alike_as_their_names_say(room: Newsroom) -> None:
    for number in range(500, 600):
        written = room.story(number)
        original = room.story(written.original)
        assert written.text == display(written.text)
        if written.kind in {"mirror", "furnished", "spun", "half"}:
            low, high = {"mirror": (1, 1), "furnished": (0.8, 1), "spun": (0.3, 0.9), "half": (0.3, 0.7)}[written.kind]
            assert low <= alike(written, original) <= high
    forms = [one for one in map(room.story, range(400, 1000)) if one.kind == "form"]
    first, second = [one for one in forms if one.host == forms[0].host][3:5]
    assert 0.4 < alike(first, second) < 0.95
    assert alike(room.story(511), room.story(711)) < 0.05


def test_the_rows_of_a_tiny_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    growth.run(f"sqlite:///{tmp_path / 'archive.db'}", (120, 260), small=100, arrivals=20)
    shown = capsys.readouterr().out
    assert shown.count("cost of a copy among") == 4
    assert shown.count("wrongly 0") == 2
    assert shown.count("furnished 1/1, mirror 1/1, spun 1/1") == 2
