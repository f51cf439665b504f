"""Signs of tampering on one text alone, no other copy needed."""

from collections.abc import Collection, Mapping, Sequence

from wangqi.copies.records import Alarm, Finding
from wangqi.copies.tampering.brands import brand_injection, mixed_token
from wangqi.copies.tampering.heads import foreign_offer, foreign_title
from wangqi.copies.tampering.letters import emoji_in_text, homoglyphs, lost_sign, mixed_script, pinyin_notes
from wangqi.copies.tampering.licence import host_mismatch
from wangqi.copies.tampering.owners import foreign_owner, government_footer
from wangqi.copies.tampering.page import SIGN, STRONG, Detector, Page
from wangqi.copies.tampering.punctuation import blank_before_point, punctuation_inflation
from wangqi.copies.tampering.spun import spun_words
from wangqi.text.forms import display

__all__ = ["DETECTORS", "alarm", "findings"]

DETECTORS: tuple[Detector, ...] = (
    punctuation_inflation,
    blank_before_point,
    spun_words,
    brand_injection,
    pinyin_notes,
    homoglyphs,
    mixed_script,
    emoji_in_text,
    lost_sign,
    host_mismatch,
    government_footer,
    foreign_owner,
    foreign_title,
    foreign_offer,
)
_WEAK = 0.25  # below that a finding is not even counted beside others


def findings(
    text: str,
    *,
    title: str | None = None,
    head_title: str | None = None,
    keywords: str | None = None,
    description: str | None = None,
    host: str | None = None,
    footer: str | None = None,
    is_vouched: bool = False,
    registry: Mapping[str, Collection[str]] | None = None,
    owners: Mapping[str, Collection[str]] | None = None,
) -> list[Finding]:
    """All that is suspicious, worst first; an empty list acquits nobody (a verbatim mirror shows nothing).

    Args:
        text: In any form; the spans count in its display form.
        title: The headline.
        head_title: The page's `<title>`.
        keywords: Of the page's meta.
        description: Of the page's meta.
        host: That served the page.
        footer: What was cut off the body's end and may hold the 备案号; looked at together with the text.
        is_vouched: A person has said that the host is to be trusted, whatever its footer names.
        registry: Curated: licence number (`闽ICP备19017762号`) to the hosts it belongs to, subdomains included.
        owners: Curated: who runs a site, to the hosts it runs, subdomains included.
    """
    page = Page(
        text=display(text),
        title=display(title or ""),
        head_title=display(head_title or ""),
        keywords=display(keywords or ""),
        description=display(description or ""),
        host=host or "",
        footer=display(footer or ""),
        is_vouched=is_vouched,
        registry=registry or {},
        owners=owners or {},
    )
    found = [finding for detector in DETECTORS if (finding := detector(page))]
    # Product names look like injected brands; only beside another sign are they worth a word.
    if any(each.score >= SIGN for each in found) and not any(each.label == "brand_injection" for each in found):
        found += filter(None, [mixed_token(page)])
    return sorted(found, key=lambda each: -each.score)


def alarm(findings: Sequence[Finding]) -> Alarm:
    """One word for a page; never "genuine".

    Strong: a finding that is strong by itself, or three detectors of which one is a sign. A sign: a finding that is.
    """
    best = max((each.score for each in findings), default=0.0)
    detectors = {each.detector for each in findings if each.score >= _WEAK}
    if best >= STRONG or (best >= SIGN and len(detectors) >= 3):
        return "strong signs"
    return "signs of tampering" if best >= SIGN else "no sign found"
