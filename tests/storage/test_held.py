"""A text that a stranger could have made is kept, and does not stand; a person, or later visits, may let it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from storage import Archive, schema
from storage.db.errors import UndecidableError
from tests.storage.stories import address, begun, capture, named, record, story_text
from wangqi.copies.changes import Weighed
from wangqi.outcomes import HELD
from wangqi.visit import Discovery, Recorded

STORY = """渡口的老丁今年六十七岁，撑了四十二年的船，送过的人比镇上的人还多。
他说撑船要有三样：眼力、耐心和一口好嗓子，雾天看不见对岸，全凭水声分辨深浅。
涨水的日子，他把缆绳在桩上多绕三圈，第二天一早再去松开，一圈也不敢少。
去年冬天，他带着三个徒弟把旧船的船底重新捻了一遍，桐油和麻丝都是自己备的。"""
CASINO = """银雀娱乐城为广大玩家提供百家乐、老虎机、真人视讯等游戏，注册送体验金。
点击官网下载客户端，首存再送一百元，在线客服全天为您服务，天天返水。"""
OTHER = """小学的操场上新栽了二十棵香樟，每一棵都挂着一块木牌，写着班级和孩子的名字。
校长说，树要十年才能遮住跑道，孩子们毕业以后，还可以回来看看自己的那一棵。"""


class Page:
    """The page of story 9, as it answers visit after visit."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.series, self.run = begun(archive)

    def says(
        self, text: str, title: str = "渡口的老丁", *, ended: bool = True, shell: str = "", **more: object
    ) -> Recorded:
        head = shell.partition("<title>")[2].partition("</title>")[0]
        told = story_text(9, text, title=title, title_key=title, details={"head_title": head})
        body = (shell.format(text) or f"<html><body>{text}{'</body></html>' if ended else ''}").encode()
        visit = record(self.series, self.run, 9, story=told)
        visit = replace(visit, capture=capture(address(9), body), **more)  # type: ignore[arg-type]
        return self.archive.record(visit).result()

    def stands(self) -> str:
        found = next(self.archive.stories(self.series))
        return found.text


TOWN, OTHERS = (
    f'<head><title>渡口的老丁{site}</title></head><body class="{names}"><p>{{}}</p></body></html>'
    for site, names in (("_砚江网", "a b c d e f g h"), ("-白沙资讯", "q r s t u v w x"))
)


@pytest.fixture
def page(archive: Archive) -> Page:
    page = Page(archive)
    page.says(STORY)
    return page


@pytest.mark.parametrize(
    ("text", "title", "word"),
    [
        (CASINO, "银雀娱乐城官网", "other_story"),
        (STORY.replace("三个徒弟", "银雀娱乐城"), "渡口的老丁", "tampered"),
        (STORY[:70], "渡口的老丁", "truncated"),
    ],
    ids=["text", "word", "half"],
)
def test_what_is_held_does_not_stand_and_leads_nowhere(page: Page, text: str, title: str, word: str) -> None:
    found = [Discovery(url="https://casino.example/1", via="series")]
    missing = page.archive.missing(page.series)
    done = page.says(text, title, discoveries=found, named=named(3))
    assert (done.outcome, done.new_pages, page.stands()) == (word, 0, STORY)
    (row,) = page.archive.held()
    assert (row.held, row.new_title, row.title, row.held_visits) == (word, title, "渡口的老丁", 1)
    (history,) = page.archive.why(address(9))
    assert [one.change for one in history.captures] == [None, word]
    assert page.archive.search("娱乐城") == []
    (doubt,) = [one for one in page.archive.doubts(page.series) if "stranger" in one.words]
    assert doubt.url == address(9)
    assert page.archive.missing(page.series) == missing
    assert page.says(STORY).outcome == "unchanged"
    assert (page.archive.held(), page.stands()) == ([], STORY)


def test_other_rules_let_no_strangers_text_in(page: Page) -> None:
    """The run after an upgrade: all that changes meanwhile is read by another version than what stands."""
    new = story_text(9, OTHER, title="渡口的老丁", title_key="渡口的老丁", extractor_version="next")
    visit = replace(record(page.series, page.run, 9, story=new), capture=capture(address(9), OTHER))
    assert page.archive.record(visit).result().outcome in HELD
    assert page.stands() == STORY
    seen = []
    page.archive.record(visit, weighing=lambda before, after: seen.append(before) or Weighed()).result()
    assert seen[0].outdated is not None
    assert STORY.encode() in seen[0].outdated.body, "the judge gets what is to be read by the same rules"


def test_a_strangers_text_is_kept_once_and_never_stands_by_itself(page: Page) -> None:
    for visits in range(1, 5):
        assert page.says(CASINO, "银雀娱乐城").outcome == "other_story"
        assert page.archive.held()[0].held_visits == visits
        move_back(page.archive, 3)
    assert page.stands() == STORY
    (history,) = page.archive.why(address(9))
    assert len(history.revisions) == 2


def test_half_a_story_stands_when_a_later_visit_says_the_same(page: Page) -> None:
    half = STORY[:70]
    assert page.says(half).outcome == "truncated"
    assert page.says(STORY).outcome == "unchanged"
    assert page.says(half).outcome == "truncated", "not in a row"
    assert page.says(half).outcome == "revised"
    assert (page.stands(), page.archive.held()) == (half, [])


def test_half_an_answer_never_stands(page: Page) -> None:
    for _ in range(3):
        assert page.says(STORY[:70], ended=False).outcome == "truncated"
    assert page.stands() == STORY


def test_a_part_that_did_not_come_does_not_shorten_the_story(page: Page) -> None:
    for _ in range(3):
        assert page.says(STORY[:70], lacks="part 2 did not come").outcome == "truncated"
    assert page.stands() == STORY


def test_a_person_accepts_what_was_held_and_takes_it_back(page: Page) -> None:
    changed = STORY.replace("三个徒弟", "棋牌室的三个徒弟")
    held = page.says(changed)
    done = page.archive.decide_held(held.revision_id or 0, "accept", by="林")
    assert (page.stands(), page.archive.held()) == (changed, [])
    assert page.says(changed).outcome == "unchanged"
    with pytest.raises(UndecidableError):
        page.archive.decide_held(held.revision_id or 0, "accept", by="林")
    page.archive.undo_ruling(done.id, by="林")
    assert page.stands() == STORY
    assert [row.revision_id for row in page.archive.held()] == [held.revision_id]


def test_another_story_that_a_person_accepts_is_one_of_its_own(page: Page) -> None:
    held = page.says(OTHER, "操场上的香樟")
    assert held.outcome == "other_story"
    done = page.archive.decide_held(held.revision_id or 0, "accept", by="林")
    assert {one.text for one in page.archive.stories(page.series)} == {STORY, OTHER}
    assert page.says(OTHER, "操场上的香樟").outcome == "unchanged"
    page.archive.undo_ruling(done.id, by="林")
    assert [one.text for one in page.archive.stories(page.series)] == [STORY]


def test_nobody_is_asked_again_about_what_a_person_has_refused(page: Page) -> None:
    held = page.says(CASINO, "银雀娱乐城")
    page.archive.decide_held(held.revision_id or 0, "refuse", by="林")
    done = page.says(CASINO, "银雀娱乐城")
    assert (done.outcome, page.archive.held(), page.stands()) == ("unchanged", [], STORY)
    assert page.says(OTHER, "操场上的香樟").outcome == "other_story", "that is another text"


def test_what_strangers_put_on_two_pages_makes_them_no_copies(page: Page) -> None:
    archive = page.archive
    archive.record(record(page.series, page.run, 8, text=OTHER)).result()
    page.says(CASINO, "银雀娱乐城")
    done = archive.record(record(page.series, page.run, 8, text=CASINO)).result()
    assert done.outcome == "other_story"
    assert {one.text for one in archive.stories(page.series)} == {STORY, OTHER}


def test_a_page_that_is_asked_again_is_asked_for_as_a_whole(page: Page) -> None:
    seen = capture(address(9), "<html>casino</html>", headers={"etag": '"2"', "content-type": "text/html"})
    page.archive.record(record(page.series, page.run, 9, text=CASINO, capture=seen)).result()
    now = datetime.now(UTC) + timedelta(days=1, minutes=5)
    run = page.archive.begin_run(page.series)
    due = next(one for one in page.archive.claim(page.series, run, now=now) if one.url == address(9))
    assert (due.etag, due.outcome) == (None, "other_story")


def move_back(archive: Archive, days: int) -> None:
    moved = update(schema.revision).where(schema.revision.c.held.is_not(None))
    archive._write(lambda c: c.execute(moved.values(recorded_at=datetime.now(UTC) - timedelta(days=days))))


def test_an_edit_is_weighed_beside_the_template_in_which_the_same_words_stood_last(archive: Archive) -> None:
    page, edited = Page(archive), STORY.replace("六十七岁", "六十八岁")
    page.says(STORY, shell=TOWN)
    assert page.says(STORY, shell=OTHERS).outcome == "unchanged"
    assert (page.says(edited, shell=OTHERS).outcome, page.stands()) == ("revised", edited)


def test_the_template_of_a_refused_text_is_no_publishers(archive: Archive) -> None:
    page = Page(archive)
    page.says(STORY, shell=TOWN)
    held = page.says(STORY.replace("六十七岁", "六十八岁"), shell=OTHERS)
    assert held.revision_id is not None
    archive.decide_held(held.revision_id, "refuse", by="a reader")
    assert page.says(STORY.replace("六十七岁", "六十九岁"), shell=OTHERS).outcome == "doubtful"
    assert page.stands() == STORY
