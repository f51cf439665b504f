"""What an aligned copy teaches."""

from pipelines.copies import compare, findings, proposals
from tests.pipelines.stories import NEXT_NOTICE, NOTICE, OTHER, SPUN, STORY


def test_words_that_only_a_spinner_writes_are_proposed():
    pairs = {(pair.before, pair.after) for pair in proposals(compare(STORY, SPUN))}
    assert ("负责人", "认真人") in pairs
    assert ("顺利", "顺遂") in pairs
    assert ("产业", "工业") not in pairs
    assert not any("金彩888" in pair for pair in pairs)


def test_siblings_and_copies_teach_nothing():
    assert proposals(compare(NOTICE, NEXT_NOTICE)) == ()
    assert proposals(compare(STORY, STORY)) == ()


def test_learnt_words_count_as_rare_ones():
    text = OTHER.replace("村民", "村夫子").replace("音箱", "音匣").replace("示范", "示样").replace("视频", "视片")
    learnt = {
        "村夫子": "村民",
        "音匣": "音箱",
        "示样": "示范",
        "视片": "视频",
        "学徒辈": "学员",
        "没有气馁": "没有灰心",
    }
    assert findings(text) == []
    text = text.replace("学员", "学徒辈")
    [finding] = findings(text, learnt=learnt)
    assert finding.label == "synonym_spin"
    assert [span.expected for span in finding.evidence][:2] == ["音箱", "村民"]
    assert findings(STORY, learnt=learnt) == []
