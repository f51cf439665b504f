"""What three stories of a host or series share is left out when copies are looked for and judged."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from benchmarks.mutate import misread, spun
from pipelines.regroup import regroup
from storage import Archive
from storage.schema import lsh_band, paragraph, relation, sentence, sketch
from storage.texts import boilerplate
from tests.pipelines.recorded import keep
from tests.wangqi.copies.framed import framed
from tests.wangqi.copies.stories import NOTICE, OTHER, STORY, body
from wangqi.copies.fingerprint import fingerprint
from wangqi.text.forms import display, match_key
from wangqi.text.paragraphs import countable, without_repeated
from wangqi.visit import Recorded


def kept(archive: Archive, host: str, stories: list[tuple[str, str]]) -> list[Recorded]:
    return [keep(archive, f"https://{host}/{n}", text, title=title) for n, (title, text) in enumerate(stories)]


def table(archive: Archive, of: object) -> set[tuple[object, ...]]:
    return {tuple(row) for row in archive._read(lambda c: c.execute(select(of)).all())}  # type: ignore[call-overload]  # any table


def relations(archive: Archive) -> Counter[str]:
    return Counter(archive._read(lambda c: c.scalars(select(relation.c.relation)).all()))


def test_stories_in_one_frame_stay_apart_and_each_mirror_finds_its_own(archive: Archive) -> None:
    stories = framed()
    first = kept(archive, "river.example", stories)
    assert len({done.story_id for done in first}) == len(stories)
    assert not relations(archive)
    again = kept(archive, "mirror.example", [(title, f"{text}\n本站转载，仅供参考。") for title, text in stories])
    assert [done.story_id for done in again] == [done.story_id for done in first]
    assert set(relations(archive)) <= {"same", "altered"}
    assert list(regroup(archive, apply=True)) == []


@pytest.mark.parametrize("share", [0.5, 0.85])
def test_a_note_that_was_edited_once_makes_no_copy(tmp_path: Path, share: float) -> None:
    stories = framed(12, share=share)
    for place in (2, 7):
        title, text = stories[place]
        stories[place] = (title, text.replace("编者按：", "编者的话：本期起改为双周刊出。").replace("的", "之", 3))
    with Archive(f"sqlite:///{tmp_path / 'archive.db'}") as archive:
        first = kept(archive, "river.example", stories)
        assert len({done.story_id for done in first}) == len(stories)
        assert not archive.open_cases()
        assert not relations(archive).keys() & {"same", "altered", "superset", "excerpt"}


@pytest.mark.parametrize("share", [0.7, 0.9])
def test_mirrors_that_changed_the_frame_as_well_find_their_own(share: float) -> None:
    """Every page of them another way, so that their frame is not even their own site's template."""
    rng, stories = Random(3), framed(8, share=share)
    with Archive("sqlite://") as archive:
        first = [done.story_id for done in kept(archive, "river.example", stories)]
        assert len(set(first)) == len(stories)
        for host, change in (("spun.example", spun), ("misread.example", misread(0.03))):
            changed = [(title, display(change(text, rng, ""))) for title, text in stories]
            assert [done.story_id for done in kept(archive, host, changed)] == first


def test_a_story_under_three_addresses_is_one_story_and_counts_once(archive: Archive) -> None:
    for n in range(3):
        done = keep(archive, f"https://river.example/{n}", STORY)
    assert (done.outcome, done.story_id) == ("copy", 1)
    counted = table(archive, paragraph)
    assert len(counted) == len(countable(display(STORY)))
    keep(archive, "https://river.example/1", STORY)
    keep(archive, "https://river.example/0", STORY.replace("薄弱", "单薄"))
    keep(archive, "https://mirror.example/0", STORY.replace("非常着急", "十分着急"))
    assert {text for _, text in table(archive, paragraph) - counted} == {2, 3}
    keep(archive, "https://river.example/3", OTHER, title="陈秀兰：把课堂搬到田间地头")
    # Two stories, however many texts, are not three.
    assert table(archive, select(sketch.c.left_out).subquery()) == {(None,)}


def test_a_text_is_counted_once_whichever_story_it_is_counted_for(archive: Archive) -> None:
    one, other = kept(archive, "river.example", [("渡口", STORY), ("水尺", OTHER)])
    before = table(archive, paragraph)
    where = boilerplate.Place("river.example", 1)
    text_id = archive.copies(one.story_id).copies[0].text_id
    for story_id in (one.story_id, other.story_id):
        archive._write(lambda c, story_id=story_id: boilerplate.count(c, text_id, countable(STORY), where, story_id))
    assert table(archive, paragraph) == before


def test_collections_do_not_make_template_of_a_story(archive: Archive) -> None:
    story = body(STORY)
    for n, other in enumerate((body(OTHER), NOTICE, OTHER.replace("陈", "程"))):
        # The third is the first once more, a little other: three would be a template of this host.
        keep(archive, f"https://week.example/{n}", f"{story}\n{other}", title=f"一周要闻第{n % 2}辑")
    genuine = keep(archive, "https://river.example/1", story)
    assert genuine.outcome == "stored"
    hashes = set(countable(display(story)))
    owners = {text for key, text in table(archive, paragraph) if key in hashes}
    assert owners == {4}
    spoilt = story.replace("薄弱", "单薄").replace("非常着急", "十分着急").replace("积极性", "热情")
    assert keep(archive, "https://mirror.example/1", spoilt).story_id == genuine.story_id


def test_merged_stories_count_as_one_and_parted_ones_as_two(archive: Archive) -> None:
    (_, one), (_, two), (_, three) = framed(3)
    keep(archive, "https://river.example/1", one, title="一")
    keep(archive, "https://river.example/2", two, title="二")
    note = countable(one)[:1]
    archive.decide("https://river.example/1", "https://river.example/2", "same", by="林")
    (first, *_), _ = archive.stored_texts()
    assert archive.sharing(first, note) == {note[0]: 1}
    archive.decide("https://river.example/1", "https://river.example/2", "not_same", by="林")
    (first, *_), _ = archive.stored_texts()
    assert archive.sharing(first, note) == {note[0]: 2}
    keep(archive, "https://river.example/3", three, title="三")
    assert archive.sharing(first, note) == {note[0]: 3}


def test_what_a_sketch_leaves_out_can_be_told_and_made_again(archive: Archive) -> None:
    stories = framed(5)
    kept(archive, "river.example", stories)
    (*_, last), _ = archive.stored_texts()
    template = set(countable(stories[0][1])) & set(countable(stories[1][1]))
    assert template <= set(last.left_out)
    bare = without_repeated(last.text, last.left_out)
    assert len(bare) < len(last.text) / 2
    signature = archive._read(lambda c: c.scalar(select(sketch.c.signature).where(sketch.c.text_id == last.text_id)))
    assert bytes(signature or b"") == fingerprint(match_key(bare), bare).sketch
    before = [table(archive, each) for each in (paragraph, sketch, lsh_band, sentence)]
    assert list(regroup(archive, apply=True)) == []
    assert [table(archive, each) for each in (paragraph, sketch, lsh_band, sentence)] == before


def test_an_archive_of_an_earlier_release_learns_it_when_it_is_regrouped(tmp_path: Path) -> None:
    stories = framed(5)
    with Archive(f"sqlite:///{tmp_path / 'new.db'}") as archive:
        kept(archive, "river.example", stories)
        after = [table(archive, each) for each in (paragraph, sketch, lsh_band, sentence)]
        # As it was before paragraphs were counted: every fingerprint is of the whole text.
        archive._write(lambda c: c.execute(paragraph.delete()))
        texts, _ = archive.stored_texts()
        for one in texts:
            whole, bare = (
                fingerprint(match_key(text), text) for text in (one.text, without_repeated(one.text, one.left_out))
            )
            archive.mark_again(one.text_id, whole, old=bare)
        assert list(regroup(archive, apply=True)) == []
        assert [table(archive, each) for each in (paragraph, sketch, lsh_band, sentence)] == after
