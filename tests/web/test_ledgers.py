"""Ledgers are made once, are up to date, and keep nobody waiting."""

import time
from collections.abc import Iterator

import pytest

from storage import Archive
from tests.storage.stories import begun, record
from tests.web.conftest import TITLE, Enter
from web.ledgers import Ledgers, NotReady


@pytest.fixture
def archive(sqlite_url: str) -> Iterator[Archive]:
    with Archive(sqlite_url) as opened:
        series, run = begun(opened)
        opened.record(record(series, run, 1)).result()
        yield opened


@pytest.fixture
def ledgers(archive: Archive) -> Iterator[Ledgers]:
    made = Ledgers(lambda: archive, {})
    yield made
    made.close()


def test_one_is_made_once_and_anew_after_a_change(
    archive: Archive, ledgers: Ledgers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.ledgers._QUICK", 60.0)  # on a machine however busy
    (series,) = archive.series()
    first = ledgers.of(series, 9)
    assert ledgers.of(series, 0) is first
    archive.record(record(series.id, None, 2)).result()
    assert len(ledgers.of(series, 9).ledger.entries) == 2
    ledgers.forget()
    assert ledgers.of(series, 9) is not first


def test_who_cannot_wait_is_told_and_who_comes_later_finds_it(
    archive: Archive, ledgers: Ledgers, monkeypatch: pytest.MonkeyPatch
) -> None:
    (series,) = archive.series()
    real = archive.ledger
    monkeypatch.setattr(archive, "ledger", lambda *given: time.sleep(0.3) or real(*given))
    with pytest.raises(NotReady):
        ledgers.of(series, 0.01)
    old = ledgers.of(series, 9)
    archive.record(record(series.id, None, 2)).result()
    assert ledgers.of(series, 0) is old  # the new one is being made
    while ledgers.of(series, 0) is old:
        time.sleep(0.05)
    assert len(ledgers.of(series, 0).ledger.entries) == 2


def test_a_page_whose_ledger_is_being_made_says_so(enter: Enter, small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter(small)

    def never(*_: object) -> None:
        raise NotReady

    monkeypatch.setattr(Ledgers, "of", never)
    assert TITLE in client.get("/").text
    assert "being counted" in client.get("/").text
    page = client.get("/story/2.json").json()
    assert (page["place"], page["previous"]["title"], page["next"]["title"]) == (None, "河上旧事之7", "河上旧事之9")
    assert client.get("/series/1").status_code == 503


def test_many_series_are_shown_a_page_at_a_time(enter: Enter, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.home._SERIES", 2)
    with Archive(sqlite_url) as archive:
        for number in (1, 2, 3):
            series, run = begun(archive, f"系列{number}")
            archive.record(record(series, run, number)).result()
    client = enter(sqlite_url)
    shown = [[one["title"] for one in client.get(f"/home.json?page={page}").json()["series"]] for page in (1, 2)]
    assert shown == [["系列3", "系列2"], ["系列1"]]  # the newest story first
    assert client.get("/?page=3").status_code == 404
