"""Citations hold what the archive knows, and nothing that breaks their form."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Archive
from tests.storage.stories import begun, record, story_text
from views.citations import bibtex, item_of, ris
from wangqi.citing.items import Item


@pytest.fixture
def item(sqlite_url: str) -> Item:
    day = datetime(2023, 6, 26, 16, tzinfo=UTC)
    story = story_text(9, author="张三 王小五、李 四", source="水乡报", published_at=day, language="zh-CN")
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        done = archive.record(record(series, run, 9, story=story)).result()
        assert done.story_id is not None
        detail = archive.story(done.story_id)
        assert detail is not None
        captures = archive.captures(detail.revisions[0].page_id)
        later = replace(captures[0], fetched_at=captures[0].fetched_at + timedelta(days=9000), payload_sha256="f" * 64)
        return item_of(detail, [*captures, later])


def test_an_item_has_the_facts_and_the_capture_that_brought_the_text(item: Item) -> None:
    assert item["author"] == [{"literal": "张三"}, {"literal": "王小五"}, {"literal": "李 四"}]
    assert item["issued"] == {"date-parts": [[2023, 6, 27]]}
    assert (item["container-title"], item["type"]) == ("水乡报", "webpage")
    assert "SHA-256 of the bytes " in item["note"]
    assert "f" * 64 not in item["note"]


def test_records(item: Item) -> None:
    assert ris(item).splitlines()[:4] == ["TY  - ELEC", "AU  - 张三", "AU  - 王小五", "AU  - 李 四"]
    assert "DA  - 2023/06/27" in ris(item)
    assert ris(item).endswith("ER  - ")
    entry = bibtex(item)
    assert entry.startswith("@misc{wangqi-1,\n  author = {张三 and 王小五 and 李 四},\n  title = {河上旧事之9},")
    assert "  date = {2023-06-27},\n  year = {2023},\n" in entry


@given(st.text(max_size=40))
def test_no_title_breaks_a_record(title: str) -> None:
    whole: dict[str, Any] = {"id": "wangqi-1", "title": title or "-", "URL": "https://a.example/"}
    entry = bibtex(whole)
    assert entry.count("\n") == 4 - 1
    plain = entry.replace("\\{", "").replace("\\}", "")
    assert plain.count("{") == plain.count("}")
    assert len(ris(whole).splitlines()) == 4
