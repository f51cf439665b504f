"""The ranks that `Deduplicate` gives against the bounds that the archive reads them by."""

from wangqi.copies.ranks import ELSEWHERE, TAMPERED
from wangqi.copies.trust import standing


def test_only_a_site_of_the_series_or_a_verified_one_is_below_elsewhere() -> None:
    assert standing([], trust="unknown", at_home=True).rank < ELSEWHERE
    assert standing([], trust="verified", at_home=False).rank < ELSEWHERE
    assert standing([], trust="known", at_home=False).rank >= ELSEWHERE
    assert ELSEWHERE <= standing([], trust="unknown", at_home=False).rank < TAMPERED
    assert standing([], trust="suspect", at_home=True).rank >= TAMPERED
