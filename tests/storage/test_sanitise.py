"""Whatever a page holds goes into both databases and comes back."""

import itertools
import json
from contextlib import suppress
from datetime import UTC, datetime

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storage import Archive
from tests.storage.stories import begun, record, story_text
from wangqi.search.parsing import QueryError
from wangqi.text.sanitise import storable, storable_json, written
from wangqi.visit import NamedStory

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
NASTY = "\x00往\ud800期\x85\x1b[31m\u202e\ufeff'; DROP TABLE story; --\U0010ffff\n\t"
_numbers = itertools.count(1)


@given(ANYTHING)
def test_cleaning_is_done_once(text: str) -> None:
    clean = storable(text)
    assert storable(clean) == clean
    assert clean.encode() is not None
    assert storable_json({text: [text, (text,), {"x": text}, 1, None]}) is not None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | ANYTHING | st.datetimes(timezones=st.just(UTC)),
    lambda inside: st.lists(inside, max_size=3) | st.tuples(inside) | st.dictionaries(ANYTHING, inside, max_size=3),
    max_leaves=8,
)


@given(_JSON)
@example({"\\b \\u0000 ": ["\r\n\t", ("\x7f",), frozenset({"期\x85"}), datetime(2024, 3, 5, tzinfo=UTC)]})
@example(["往期\ud800", {1: "\x0b"}])
def test_written_json_holds_what_the_cleaned_value_holds(value: object) -> None:
    text = written(value)
    assert storable(text) == text == json.dumps(storable_json(value), ensure_ascii=False, default=str)
    assert written(text) is text


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING, ANYTHING, st.dictionaries(ANYTHING, ANYTHING, max_size=2))
@example(NASTY, NASTY, {NASTY: NASTY})
@example("题" * 5_000, "文" * 50_000, {})
def test_every_string_comes_back_without_what_cannot_be_kept(
    archive: Archive, title: str, text: str, details: dict[str, str]
) -> None:
    series, run = begun(archive)
    number = next(_numbers)
    story = story_text(number, f"{number} {text}", title=title, title_key=title, author=text[:128], details=details)
    line = NamedStory(position=0, title=title, title_key=f"{number} {title}", url=f"https://x.example/{number}?{text}")
    done = archive.record(record(series, run, number, story=story, named=[line], reason=text)).result()
    assert done.story_id is not None
    found = archive.story(done.story_id)
    assert found is not None
    assert (found.story.title, found.story.author) == (storable(title), storable(text[:128]))
    if done.outcome == "stored":
        assert found.story.text == storable(f"{number} {text}")
        assert found.revisions[0].details == storable_json(details)
    archive.why(title)
    with suppress(QueryError):
        archive.search(text)
