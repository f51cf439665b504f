"""Punctuation that no writer sets: repeated marks, and blanks before them."""

import re

from wangqi.copies.records import Finding
from wangqi.copies.tampering.page import Page, spans

# GB/T 15834-2011 lets ？！…— repeat and nothing else (4.2.3.3, 4.3.3.3, 4.11, 5.1.1); three 。 are informal dots.
_UNITS = re.compile(r"(?:([，、；：,;])(?: ?\1)*|(。)(?: ?。)*)")
_REPEATED = re.compile(r"([，、；：,;。]) ?\1")
_RUN_LEAST = 3
_RUN_SHARE = 0.05  # 75 genuine web pages: at most .007; 2,500 genuine stories: 0 runs
_FLOOD_SHARE, _FLOOD = 0.30, 10
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff”》）]) (?=[，。；、！？：])")
_BLANK_WITHIN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_LOOSE = 0.5  # of them for each blank before a point
_BLANK_LEAST = 5
_BLANK_RATE = 10  # a thousand characters; genuine stories have at most 3.2


def punctuation_inflation(page: Page) -> Finding | None:
    """Runs such as ，，， and 。。。。: the signature of one spinner, whatever words it swaps."""
    if not _REPEATED.search(page.text):  # as in nearly every text there is
        return None
    units = list(_UNITS.finditer(page.text))
    runs = [unit for unit in units if _illegal(page.text, unit)]
    share = len(runs) / max(1, len(units))
    if len(runs) < _RUN_LEAST or share < _RUN_SHARE:
        return None
    flood = share >= _FLOOD_SHARE and len(runs) >= _FLOOD
    return Finding(
        detector="punctuation_inflation",
        version=1,
        label="punctuation_inflation",
        score=0.95 if flood else 0.6,
        summary=f"{len(runs)} of {len(units)} points are repeated as no style allows",
        evidence=spans(runs, lambda run: run[0]),
        measured={"runs": len(runs), "units": len(units), "share": round(share, 3), "threshold": _RUN_SHARE},
    )


def blank_before_point(page: Page) -> Finding | None:
    """`公司 ，发展 。` instead of `公司，发展。`, throughout; blanks between words as well are careless layout."""
    blanks = list(_BLANK.finditer(page.text))
    rate = len(blanks) / page.thousands
    if len(blanks) < _BLANK_LEAST or rate < _BLANK_RATE:
        return None
    if len(_BLANK_WITHIN.findall(page.text)) >= _LOOSE * len(blanks):
        return None
    return Finding(
        detector="blank_before_point",
        version=2,
        label="blank_before_point",
        score=0.6,
        summary=f"{len(blanks)} points have a blank before them",
        evidence=spans(blanks),
        measured={"blanks": len(blanks), "per_thousand": round(rate, 1), "threshold": _BLANK_RATE},
    )


def _illegal(text: str, unit: re.Match[str]) -> bool:
    signs = unit[0].replace(" ", "")
    if len(signs) < 2 or (signs[0] == "。" and len(signs) == 3):
        return False
    # In tables and code ASCII commas may repeat; in Chinese they may not.
    return not signs.isascii() or "\u4e00" <= text[unit.start() - 1 : unit.start()] <= "\u9fff"
