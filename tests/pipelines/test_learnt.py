"""Word pairs count only after two copies or a person's word, and are never a sign by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.copies import alarm
from pipelines.learnt import LearntWords
from storage import Archive
from storage.rows import SpinPairRow
from tests.pipelines.recorded import keep
from tests.pipelines.stories import SPUN, STORY

# What the detector's own table does not know: a spinner of another family.
PAIRS = {"工作": "活计", "服务": "伺候", "认为": "觉着", "帮助": "接济", "继续": "接茬", "了解": "摸透", "情况": "光景"}


def respun(text: str) -> str:
    for original, spun in PAIRS.items():
        text = text.replace(original, spun)
    return text


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(f"sqlite:///{tmp_path / 'archive.db'}") as opened:
        yield opened


def status(archive: Archive) -> dict[str, int]:
    """Copies by status, of the commonest pair."""
    return {pair.status: pair.copies for pair in archive.spin_pairs() if pair.spun == "孝顺" or "效劳" in pair.spun}


def test_a_pair_counts_after_two_copies(archive: Archive) -> None:
    keep(archive, "https://news.example/1", STORY)
    keep(archive, "https://spun.example/1", SPUN)
    assert status(archive) == {"proposed": 1}
    keep(archive, "https://mirror.example/1", SPUN)
    assert status(archive) == {"proposed": 1}, "the very same text teaches nothing new"
    keep(archive, "https://spun.example/2", SPUN.replace("46家", "46 家").replace("林海生", "林海升", 1))
    assert status(archive) == {"counts": 2}
    sources = {pair.source for pair in archive.spin_pairs("counts")}
    assert sources == {"https://spun.example/1, altered of text 1"}


def test_a_persons_word_outranks_the_count(archive: Archive) -> None:
    keep(archive, "https://news.example/1", STORY)
    keep(archive, "https://spun.example/1", SPUN)
    pair = archive.spin_pairs()[0]
    archive.review_pair(pair.spun, pair.original, "rejected", by="林")
    keep(archive, "https://spun.example/2", SPUN.replace("46家", "46 家").replace("林海生", "林海升", 1))
    (after,) = [one for one in archive.spin_pairs() if one.spun == pair.spun and one.original == pair.original]
    assert (after.status, after.copies, after.decided_by) == ("rejected", 2, "林")


def test_what_was_learnt_is_a_hint_and_never_a_sign_by_itself() -> None:
    def pair(spun: str, original: str, status: str = "counts") -> SpinPairRow:
        return SpinPairRow(spun=spun, original=original, seen=9, copies=2, source="", status=status, decided_by="auto")

    learnt = LearntWords(pair(spun, original) for original, spun in PAIRS.items())
    hint = learnt.finding(respun(STORY))
    assert hint is not None
    assert (hint.detector, hint.evidence[0].expected, alarm([hint])) == ("learnt_words", "工作", "no sign found")
    assert all(respun(STORY)[span.start : span.end] == span.found for span in hint.evidence)
    assert learnt.finding(STORY) is None
    proposed = LearntWords(pair(spun, original, "proposed") for original, spun in PAIRS.items())
    assert proposed.finding(respun(STORY)) is None
