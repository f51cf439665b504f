"""Word pairs count only after two copies or a person's word, and are never a sign by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from storage.rows import SpinPairRow
from tests.pipelines.recorded import keep
from tests.wangqi.copies.stories import SPUN, STORY
from wangqi.copies.tampering import alarm
from wangqi.copies.tampering.learnt import LearntWords

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


# Another story, and the same spinner's work on it.
PORT = """去年冬天，周大江接手河口码头的时候，仓库漏雨，吊机停了3台，账上只剩下6万元。
他认为，码头要发展，先要让工作人员安心。他自己积极筹款，帮助27名装卸工补齐了欠薪。
技术员老吴负责修吊机，整整忙了41天。企业的货物又回来了，一个月就有190船。
“服务好每一条船，就是我们的贡献。”周大江在基层干了22年，说话不多，工作从不拖拉。
今年春天，码头的吞吐量达到18万吨，产业园也在旁边动工，附近的村民在那里找到了活干。"""
SPUN_PORT = PORT.replace("，", "，，，").replace("。", "。。。。")
for _original, _spun in {
    "发展": "生长",
    "工作": "事情",
    "积极": "起劲",
    "帮助": "资助",
    "技术": "手艺",
    "负责": "认真",
    "服务": "效劳",
    "贡献": "孝顺",
    "基层": "下层",
    "产业": "工业",
    "认为": "以为",
}.items():
    SPUN_PORT = SPUN_PORT.replace(_original, _spun)


def test_a_pair_counts_after_two_independent_copies(archive: Archive) -> None:
    keep(archive, "https://news.example/1", STORY)
    keep(archive, "https://news.example/2", PORT, title="周大江和他的码头")
    keep(archive, "https://spun.example/1", SPUN)
    assert status(archive) == {"proposed": 1}
    keep(archive, "https://mirror.example/1", SPUN)
    assert status(archive) == {"proposed": 1}, "the very same text teaches nothing new"
    keep(archive, "https://third.example/1", SPUN.replace("46家", "46 家").replace("林海生", "林海升", 1))
    assert status(archive) == {"proposed": 1}, "nor does a mirror that was changed a little"
    keep(archive, "https://m.spun.example/2", SPUN_PORT, title="周大江和他的码头")
    assert status(archive) == {"proposed": 1}, "nor the same site with another story"
    keep(archive, "https://far.example/2", SPUN_PORT.replace("41天", "41 天").replace("老吴", "老伍"), title="码头")
    assert status(archive) == {"proposed": 1}, "nor its mirror: the chain leads to that site"


def test_another_story_on_another_site_is_a_second_source(archive: Archive) -> None:
    keep(archive, "https://news.example/1", STORY)
    keep(archive, "https://news.example/2", PORT, title="周大江和他的码头")
    keep(archive, "https://spun.example/1", SPUN)
    keep(archive, "https://far.example/2", SPUN_PORT, title="周大江和他的码头")
    assert status(archive)["counts"] == 2
    sources = {pair.source for pair in archive.spin_pairs("counts")}
    assert sources == {"https://spun.example/1, altered of text 1"}


def test_a_persons_word_outranks_the_count(archive: Archive) -> None:
    keep(archive, "https://news.example/1", STORY)
    keep(archive, "https://spun.example/1", SPUN)
    pair = archive.spin_pairs()[0]
    archive.review_pair(pair.spun, pair.original, "rejected", by="林")
    keep(archive, "https://news.example/2", PORT, title="周大江和他的码头")
    keep(archive, "https://far.example/2", SPUN_PORT, title="周大江和他的码头")
    (after,) = [one for one in archive.spin_pairs() if one.spun == pair.spun and one.original == pair.original]
    assert (after.status, after.copies, after.decided_by) == ("rejected", 1, "林")


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
