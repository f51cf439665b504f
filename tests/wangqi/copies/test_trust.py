"""How fit a copy is to stand for its story, and what is learnt from a copy that is not."""

from dataclasses import dataclass

import pytest

from tests.wangqi.copies.stories import NEXT_NOTICE, NOTICE, SPUN, STORY, body
from wangqi.copies.judge import judged
from wangqi.copies.ranks import TAMPERED, Trust
from wangqi.copies.records import Candidate, NewText
from wangqi.copies.tampering import findings
from wangqi.copies.trust import Registry, look, standing


@dataclass(frozen=True)
class Site:
    host: str
    trust: Trust
    icp: str | None = None
    owner: str | None = None


def host(name: str, trust: Trust, icp: str | None = None) -> Site:
    return Site(name, trust, icp)


def test_the_order_of_trust_and_signs() -> None:
    clean, spun = findings(STORY), findings(SPUN)
    order = [
        standing(clean, trust="verified", at_home=False),
        standing(clean, trust="unknown", at_home=True),
        standing(clean, trust="known", at_home=False),
        standing(clean, trust="unknown", at_home=False),
        standing(spun, trust="verified", at_home=True),
        standing(spun, trust="unknown", at_home=False),
        standing(clean, trust="suspect", at_home=True),
        standing(clean, trust="hijacked", at_home=True),
        standing(spun, trust="hijacked", at_home=True),
    ]
    assert [one.rank for one in order] == sorted({one.rank for one in order})
    assert [one.rank >= TAMPERED for one in order] == [False] * 4 + [True] * 5
    assert order[5].reason == "a site that nobody vouches for, strong signs"


def test_what_is_said_of_a_site_holds_for_its_subdomains() -> None:
    registry = Registry([host("river.example", "verified"), host("old.river.example", "hijacked")])
    said = [registry.trust(name) for name in ("www.river.example", "OLD.river.example.", "notriver.example")]
    assert said == ["verified", "hijacked", "unknown"]


def test_the_licence_that_was_cut_off_with_the_footer_accuses_a_foreign_host() -> None:
    registry = Registry([host("hewan.example", "verified", "闽ICP备20240001号")])
    details = {"cut": [["footer", "主办：河湾区融媒体中心 闽ICP备20240001号-1"]]}
    for url, accused in (("https://www.hewan.example/1", False), ("https://mirror.example/1", True)):
        seen = look(body(STORY), title="林海生", url=url, details=details, registry=registry)
        assert any(sign.label == "host_mismatch" for sign in seen.findings) is accused
        assert (seen.standing.rank >= TAMPERED) is accused


def test_a_hijacked_site_owns_no_licence() -> None:
    assert not Registry([host("taken.example", "hijacked", "闽ICP备20240001号")]).licences


def candidate(text: str) -> Candidate:
    return Candidate(
        text_id=1,
        story_id=1,
        text=text,
        title="",
        published_at=None,
        exact=None,
        shared_bands=1,
        shared_sentences=1,
        hosts=(),
    )


@pytest.mark.parametrize(("old", "new", "side"), [(STORY, SPUN, "new"), (SPUN, STORY, "candidate")])
def test_words_are_learnt_from_the_side_that_was_spun(old: str, new: str, side: str) -> None:
    (verdict,) = judged(NewText(text=new), [candidate(old)])
    assert verdict.spun == side
    pairs = {(spun, original) for spun, original, _ in verdict.swaps}
    assert ("下层", "基层") in pairs or ("孝顺", "贡献") in pairs
    assert not {original for _, original in pairs} & {"孝顺", "下层"}
    assert all(word.isalpha() and "888" not in word for pair in pairs for word in pair)


def test_two_honest_copies_teach_nothing() -> None:
    (verdict,) = judged(NewText(text=STORY.replace("46家", "46 家").replace("薄弱", "单薄")), [candidate(STORY)])
    assert (verdict.spun, verdict.swaps) == (None, ())


def test_a_sibling_near_the_line_is_for_people_to_decide() -> None:
    (verdict,) = judged(NewText(text=NEXT_NOTICE), [candidate(NOTICE)])
    assert (verdict.relation, verdict.joins) == ("sibling", False)
    assert verdict.open == (verdict.evidence["verdict"] == "review" or verdict.score >= 0.9)
