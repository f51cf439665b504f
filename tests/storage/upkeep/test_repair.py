"""What can be made anew is made anew, and what cannot is left as it is and told."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Archive
from storage.locks import SeriesBusy, series_lock
from storage.upkeep.repair import Mended, mend, plan, refuse_company
from storage.works import search_index
from tests.storage.stories import address, words
from tests.storage.upkeep.filled import damages, fill, raw, visit

FTS = {
    "sqlite": "DELETE FROM story_fts_docsize WHERE id & 4294967295 = 2",
    "postgresql": "DELETE FROM story_fts WHERE id & 4294967295 = 2",
}


def repaired(url: str, reread: Callable[..., str | None] = lambda *_: None) -> list[Mended]:
    return list(mend(url, plan(url, damages(url), reread)))


def change(url: str, statement: str) -> None:
    with Archive(url) as archive:
        archive._write(lambda c: c.execute(text(statement)))


def as_text(body: bytes, url: str, headers: dict[str, str]) -> str:
    """The pages of these tests are their texts."""
    return body.decode()


def test_an_index_that_takes_long_to_fill_says_how_far_it_is(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(search_index, "_TELL", 0.0)
    monkeypatch.setattr(search_index, "_BATCH", 2)
    fill(url, 3)
    change(url, FTS["postgresql" if url.startswith("postgresql") else "sqlite"])
    repaired(url, as_text)
    told = [record.getMessage().rpartition(": ")[2] for record in caplog.records]
    assert told == ["2 of 3 stories", "3 of 3 stories"]
    assert damages(url) == []


def test_a_sound_archive_needs_nothing(url: str) -> None:
    fill(url, 2)
    assert plan(url, damages(url), as_text) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE story SET author = '某' WHERE id = 2",
        "UPDATE text SET chars = 1 WHERE id = 3",
        "UPDATE page SET url_sha256 = (SELECT sha256 FROM text WHERE id = 1) WHERE id = 2",
        "UPDATE page SET url = 'https://other.example/' WHERE id = 2",
        "UPDATE text SET body = body || '。' WHERE id = 3",
        "INSERT INTO lsh_band (band, text_id) VALUES (7, 4000)",
        "search index",
    ],
)
def test_what_can_be_made_anew_is(url: str, statement: str) -> None:
    fill(url, 4)
    change(
        url,
        FTS["postgresql" if url.startswith("postgresql") else "sqlite"] if statement == "search index" else statement,
    )
    assert damages(url)
    done = repaired(url, as_text)
    assert done
    assert all(one.is_done for one in done), done
    assert damages(url) == []
    with Archive(url, read_only=True) as archive:
        assert [hit.story.id for hit in archive.search("编号2的渡口")] == [2]


def test_a_text_that_its_page_does_not_yield_any_more_is_left_as_it_is(url: str) -> None:
    fill(url, 3)
    change(url, "UPDATE text SET body = body || '。' WHERE id = 3")
    (done, *_) = repaired(url, lambda *_: words(3) + "，又一句")
    assert not done.is_done
    assert "very same text" in done.came
    assert [one.thing for one in damages(url) if one.check == "texts"] == ["text 3"]


def test_damaged_bytes_are_asked_for_again_and_mended_by_the_same(url: str) -> None:
    fill(url, 3)
    change(
        url,
        "UPDATE payload SET body = substr(body, 1, length(body) - 3) WHERE sha256 IN"
        " (SELECT payload_sha256 FROM page WHERE id = 2)",
    )
    assert [one.check for one in damages(url)] == ["payloads"]
    (done,) = repaired(url)
    assert done.came == f"due without conditions: {address(2)}"
    with Archive(url) as archive:
        run = archive.begin_run(1)
        (due,) = [page for page in archive.claim(1, run, 500) if page.url == address(2)]
        assert due.etag is None
        archive.record(visit(1, run, 2)).result()
    assert damages(url) == []


def test_bytes_that_the_page_has_no_more_are_lost(url: str) -> None:
    fill(url, 3)
    with Archive(url) as archive:
        old = archive._read(
            lambda c: c.execute(
                text(
                    "SELECT min(payload_sha256) FROM capture WHERE page_id = 1 AND"
                    " payload_sha256 <> (SELECT payload_sha256 FROM page WHERE id = 1)"
                )
            ).scalar()
        )
        archive._write(lambda c: c.execute(text("UPDATE payload SET size = 1 WHERE sha256 = :old"), {"old": old}))
    (done,) = repaired(url)
    assert not done.is_done
    assert "only a backup" in done.came


def test_an_index_that_lost_its_rows_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    fill(f"sqlite:///{file}", 3)
    with raw(file) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_story_title_key'").fetchone()
    body = bytearray(file.read_bytes())
    page = (root - 1) * 4096
    body[page + 3 : page + 5] = bytes(2)  # it says that it has no cell
    file.write_bytes(body)
    assert {one.check for one in damages(f"sqlite:///{file}")} == {"database"}
    assert all(one.is_done for one in repaired(f"sqlite:///{file}"))
    assert damages(f"sqlite:///{file}") == []


def test_an_index_of_postgresql_that_lacks_a_row_is_found_and_made_anew(postgresql_url: str) -> None:
    """Where a superuser allows amcheck: the server of the extra `test` has none, TEST_DATABASE_URL may name one."""
    fill(postgresql_url, 3)
    with Archive(postgresql_url) as archive:
        asked = text("SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'")
        if not archive._read(lambda c: c.scalar(asked)):
            pytest.skip("this server has no amcheck")
        change(postgresql_url, "CREATE EXTENSION amcheck")
        assert damages(postgresql_url) == []
        ready = "UPDATE pg_index SET indisready = {} WHERE indexrelid = 'ix_page_host'::regclass"
        change(postgresql_url, ready.format("false"))
        series = archive.series()[0].id
        archive.record(visit(series, archive.begin_run(series), 9)).result()
        change(postgresql_url, ready.format("true"))
    (found,) = [one for one in damages(postgresql_url) if one.check == "database"]
    assert (found.thing, "lacks matching index tuple" in found.fact) == ("index ix_page_host", True)
    assert all(one.is_done for one in repaired(postgresql_url))
    assert damages(postgresql_url) == []


def test_pages_of_a_dead_crawl_are_freed(url: str) -> None:
    fill(url, 2)
    with Archive(url) as archive:
        run = archive.begin_run(1)
        archive.seed(1, [address(77)])
        assert archive.claim(1, run)
    (done,) = repaired(url)
    assert done.is_done
    with Archive(url, read_only=True) as archive:
        assert archive.counts(1).leased == 0


def test_no_repair_crosses_a_crawl(url: str) -> None:
    fill(url, 1)
    refuse_company(url)
    held, done = threading.Event(), threading.Event()

    def crawl() -> None:
        with series_lock(url, "河上旧事"):
            held.set()
            done.wait(20)

    thread = threading.Thread(target=crawl)
    thread.start()
    held.wait(20)
    with pytest.raises(SeriesBusy, match="Repair when it has ended"):
        refuse_company(url)
    done.set()
    thread.join()
