"""What a person decides in the room: only where it was opened for it, by nobody else's form, and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from storage import Archive
from tests.storage.stories import address, begun, changed, record, story_text, words
from tests.web.conftest import Enter
from wangqi.copies.ranks import TAMPERED
from wangqi.copies.records import Candidate, Verdict
from wangqi.visit import Visit
from web.config import Config
from web.pages.review import proof

TOKEN = "shown-once"


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Two texts of which a person should say whether they are one; a page that was refused."""
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)

        def open_case(found: Sequence[Candidate]) -> list[Verdict]:
            return [
                Verdict(text_id=one.text_id, relation="sibling", joins=False, score=0.9, evidence={}, open=True)
                for one in found[:1]
            ]

        archive.record(record(series, run, 1)).result()
        archive.record(record(series, run, 2), open_case).result()
        refused = Visit(series_id=series, run_id=run, url=address(7), outcome="out_of_scope", reason="not of it")
        archive.record(refused).result()
    return sqlite_url


@pytest.fixture
def editor(enter: Enter, url: str) -> TestClient:
    client = enter(url, token=TOKEN, editor="林")
    client.cookies.set("token", TOKEN)
    return client


def form(**fields: str) -> Mapping[str, str]:
    return {"proof": proof(Config(archive_url="", token=TOKEN, editor="林")), **fields}


def test_a_room_that_reads_takes_no_decision_and_shows_no_form(enter: Enter, url: str) -> None:
    client = enter(url)
    page = client.get("/review")
    assert "scrapy browse --edit" in page.text
    assert "<form method" not in page.text
    assert client.post("/review", data=form(word="same")).status_code == 405


def test_two_texts_are_said_to_be_one_story(editor: TestClient, url: str) -> None:
    assert 'name="proof"' in editor.get("/review").text
    first, second = address(1), address(2)
    done = editor.post("/review", data=form(word="same", first=first, second=second))
    assert (done.status_code, done.headers["location"]) == (303, "/review?done=same")
    with Archive(url, read_only=True) as archive:
        assert len(list(archive.stories())) == 1
        (story,) = archive.stories()
        found = archive.copies(story.id)
        assert found is not None
        assert "林" in {one.decided_by for one in found.decisions}


def test_a_page_is_taken_in_and_the_decision_taken_back(editor: TestClient, url: str) -> None:
    belongs = form(word="belongs", url=address(7), series="河上旧事")
    assert editor.post("/review", data=belongs).status_code == 303
    with Archive(url, read_only=True) as archive:
        (ruling,) = archive.rulings()
        assert (ruling.kind, ruling.decided_by) == ("belongs", "林")
        assert "Take it back" in editor.get("/review").text
        assert (
            editor.post("/review", data=form(word="undo", ruling=str(ruling.id), series="河上旧事")).status_code == 303
        )
        (ruling,) = archive.rulings()
        assert ruling.undone_by == "林"


def test_a_story_is_put_out_of_its_series_and_the_pages_of_a_block_are_taken_in(enter: Enter, sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        archive.seed(series, [address(9)])
        archive.claim(series, run)
        found = replace(record(series, run, 9).discoveries[0], reason="probed")
        archive.record(record(series, run, 9, discoveries=[found])).result()
        archive.record(record(series, run, 8)).result()
        for number in (5, 6):
            refused = Visit(series_id=series, run_id=run, url=address(number), outcome="out_of_scope", reason="no")
            archive.record(refused).result()
    client = enter(sqlite_url, token=TOKEN, editor="林", probing=["probed"])
    client.cookies.set("token", TOKEN)
    assert 'value="foreign"' in client.get("/review").text
    assert client.post("/review", data=form(word="block", url=address(9), series="河上旧事")).status_code == 303
    away = form(word="foreign", url=address(8), series="河上旧事")
    assert client.post("/review", data=away).status_code == 303
    with Archive(sqlite_url, read_only=True) as archive:
        decided = {(one.kind, one.decided_by) for one in archive.rulings()}
        assert decided == {("belongs", "林"), ("foreign", "林")}


def _spun(found: Sequence[Candidate]) -> list[Verdict]:
    swaps = [("玩家", "客人", 9)]
    return [
        Verdict(text_id=one.text_id, relation="altered", joins=True, score=0.9, evidence={}, swaps=swaps, spun="new")
        for one in found[:1]
    ]


def test_a_pair_of_words_is_judged(enter: Enter, sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        archive.record(record(series, run, 1)).result()
        altered = changed(story_text(1), text=words(1).replace("客人", "玩家"), match_key="spun", standing=TAMPERED)
        copy = record(series, run, 1, url="https://mirror.example/1", story=altered, named=[])
        archive.record(copy, _spun).result()
        ((spun, original),) = {(one.spun, one.original) for one in archive.spin_pairs("proposed")}
    client = enter(sqlite_url, token=TOKEN, editor="林")
    client.cookies.set("token", TOKEN)
    assert spun in client.get("/review").text
    assert client.post("/review", data=form(word="counts", spun=spun, original=original)).status_code == 303
    with Archive(sqlite_url, read_only=True) as archive:
        assert [(one.status, one.decided_by) for one in archive.spin_pairs()] == [("counts", "林")]
    assert client.post("/review", data=form(word="counts", spun="无", original="有")).status_code == 409


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"proof": "", "word": "same"}, {}, 403),
        ({"proof": "guessed", "word": "same"}, {}, 403),
        ({"word": "same"}, {"sec-fetch-site": "cross-site"}, 403),
        ({"word": "drop"}, {}, 400),
        ({"word": "same"}, {}, 400),
        ({"word": "accept", "revision": "x"}, {}, 400),
        ({"word": "accept", "revision": "1"}, {}, 409),
        ({"word": "undo", "ruling": "99"}, {}, 409),
        ({"word": "x" * 20_000}, {}, 413),
    ],
)
def test_what_is_no_decision_of_this_room_changes_nothing(
    editor: TestClient, url: str, fields: dict[str, str], headers: dict[str, str], status: int
) -> None:
    with Archive(url, read_only=True) as archive:
        before = archive.pulse()
        assert editor.post("/review", data=form() | fields, headers=headers).status_code == status
        assert archive.pulse() == before


def test_whoever_has_no_token_decides_nothing(enter: Enter, url: str) -> None:
    client = enter(url, token=TOKEN, editor="林")
    assert client.post("/review", data=form(word="same")).status_code == 401
    with pytest.raises(ValueError, match="asks for a token"):
        Config(archive_url=url, editor="林")
