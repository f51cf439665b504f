"""Characters that writers do not use: look-alikes, sown-in pinyin, emoji inside sentences."""

import re
from itertools import chain

from wangqi.copies.records import Finding, Span
from wangqi.copies.tampering.page import SHOWN, Page, spans
from wangqi.text.characters import simplified

_HAN = "\u4e00-\u9fff"
_PINYIN = re.compile(rf"(?<=[{_HAN}])[（(] ?[a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜêńňǹḿɡ]{{1,6}} ?[)）](?=[{_HAN}，。、；])")
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")  # (a) and (b) are parts of a figure
_PINYIN_LEAST, _PINYIN_RATE, _PINYIN_FLOOD = 3, 5, 20  # genuine web pages: .3 a thousand characters at most
# Greek letters that science writes between ideographs (γ射线, β受体) are no disguise; single letters of these are:
# Greek capitals and Cyrillic, katakana like エ for 工 and ロ for 口, bopomofo like ㄖ for 日, ideographs of 火星文.
_FOREIGN = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲ\u0400-\u052f\u3105-\u312fエロカニハトタオミチヌヨ旳亊亾汏仩丅莪媞芣苼囯"
_DISGUISED = re.compile(rf"(?<=[{_HAN}])(?:[{_FOREIGN}]|(?<![径格筋管孔])Φ)(?=[{_HAN}])")
# Ideographs of another meaning that look like the one meant, where only that one makes a word.
_LOOKALIKES = {
    **dict.fromkeys(("囚民", "囚均", "囚类", "囚员"), "人"),
    **dict.fromkeys(
        ("曰期", "曰常", "今曰", "昨曰", "明曰", "曰报", "生曰", "节曰", "假曰", "曰本", "曰前", "近曰"), "日"
    ),
    **dict.fromkeys(("城巿", "巿场", "巿民", "巿政", "股巿", "巿值", "超巿", "上巿", "都巿"), "市"),
    **dict.fromkeys(("己经", "己于", "己有", "而己"), "已"),
    **dict.fromkeys(("薇信", "葳信", "徽信"), "微"),
}
_LOOKALIKE = re.compile("|".join(_LOOKALIKES))
# Slips of the pen and old name forms too: three of them count, or one beside others.
_SLIPS = frozenset(("己经", "己于", "己有", "而己", *"旳亊亾汏仩丅莪媞芣苼囯"))
_KEYED = "ㄧ"  # the key of 一 on the keyboards of Taiwan: a slip as well in traditional characters
_TRADITIONAL = 0.1  # of the characters of a text that is written so; of simplified text a few are sown in
_EMOJI = re.compile(
    rf"(?<=[{_HAN}])[\U0001f300-\U0001f445\U0001f44a-\U0001faff\u263a\u2639\u2600-\u2604]+\ufe0f?(?=[{_HAN}])"
)
_EMOJI_LEAST, _EMOJI_RATE = 2, 2  # 3,700 genuine stories and 280 whole pages have none
_LOST_SIGN = re.compile(r"(?:版权所有|[Cc]opyright|COPYRIGHT)[^\n?]{0,12}?(?:\?|\d{4} ?\?(?=[^\s\d?]))")


def pinyin_notes(page: Page) -> Finding | None:
    """說(shuō)紛(fēn)紜: notes sown into a text that is no primer, so that its hash is new."""
    notes = list(_PINYIN.finditer(page.text))
    rate = len(notes) / page.thousands
    toned = sum(not note[0].isascii() and _TONE.search(note[0]) is not None for note in notes)
    if len(notes) < _PINYIN_LEAST or rate < _PINYIN_RATE or 2 * toned < len(notes):
        return None
    return Finding(
        detector="pinyin_notes",
        version=1,
        label="pinyin_notes",
        score=0.95 if rate >= _PINYIN_FLOOD and len(notes) >= 2 * _PINYIN_LEAST else 0.6,
        summary=f"{len(notes)} ideographs carry a pinyin note",
        evidence=spans(notes, lambda _: ""),
        measured={"notes": len(notes), "per_thousand": round(rate, 1), "threshold": _PINYIN_RATE},
    )


def homoglyphs(page: Page) -> Finding | None:
    """Foreign letters, and ideographs of another meaning, in place of one that looks the same: Φ国, 囚均."""
    found = sorted(chain(_DISGUISED.finditer(page.text), _LOOKALIKE.finditer(page.text)), key=re.Match.start)
    slips = _SLIPS | ({_KEYED} if _is_traditional(page.text) else set())
    sure = sum(match[0] not in slips for match in found)
    if not sure and len(found) < 3:
        return None
    return Finding(
        detector="homoglyphs",
        version=1,
        label="homoglyph",
        score=0.9 if sure >= 3 else 0.6 if sure == 2 else 0.5,
        summary=f"{len(found)} characters only look like the one that is meant",
        evidence=tuple(
            Span(start=match.start(), end=match.end(), found=match[0], expected=_LOOKALIKES.get(match[0]))
            for match in found[:SHOWN]
        ),
        measured={"places": len(found), "sure": sure},
    )


def _is_traditional(text: str) -> bool:
    table = simplified()
    return sum(char in table for char in text) > _TRADITIONAL * len(text)


def mixed_script(page: Page) -> Finding | None:
    """Traditional characters sown into simplified text: the same word is written in both ways, 进 here and 進 there."""
    table = simplified()
    found = [place for place, char in enumerate(page.text) if char in table and char not in _BOTH]
    present = set(page.text)
    twins = {page.text[place] for place in found if table[page.text[place]] in present}
    share = len(found) / max(1, len(page.text))
    if len(twins) < 3 or share > 0.1:
        return None
    return Finding(
        detector="mixed_script",
        version=1,
        label="homoglyph",
        score=0.4,
        summary=f"{len(twins)} characters are written both in their traditional and in their simplified form",
        evidence=tuple(
            Span(start=place, end=place + 1, found=page.text[place], expected=table[page.text[place]])
            for place in found[:SHOWN]
        ),
        measured={"twins": len(twins), "share": round(share, 4)},
    )


_BOTH = frozenset(
    "乾後於瞭著麽囉係裏藉鬱麼徵鍾"
)  # these are written beside their simplified twin in names and older words


def emoji_in_text(page: Page) -> Finding | None:
    """清楚☺了: pictures inside sentences; pointing hands and pictures at a sentence's end are ordinary."""
    pictures = list(_EMOJI.finditer(page.text))
    rate = len(pictures) / page.thousands
    if not pictures:
        return None
    return Finding(
        detector="emoji_in_text",
        version=1,
        label="emoji_in_text",
        score=0.5 if len(pictures) >= _EMOJI_LEAST and rate >= _EMOJI_RATE else 0.3,
        summary=f"{len(pictures)} pictures stand inside sentences",
        evidence=spans(pictures, lambda _: ""),
        measured={"pictures": len(pictures), "per_thousand": round(rate, 1), "threshold": _EMOJI_RATE},
    )


def lost_sign(page: Page) -> Finding | None:
    """`2019?厦门`: the © was lost when the page was copied through another encoding; it happens to honest sites too."""
    lost = list(_LOST_SIGN.finditer(page.text))
    if not lost and not _LOST_SIGN.search(page.footer):
        return None
    return Finding(
        detector="lost_sign",
        version=1,
        label="mojibake",
        score=0.3,
        summary="a question mark stands where © stood",
        evidence=spans(lost),
        measured={"places": len(lost)},
    )
