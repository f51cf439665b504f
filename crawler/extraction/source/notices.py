"""Sentences in which a site speaks for itself: whose it is, who may copy from it, which cookies it sets."""

from crawler.extraction.vocabulary import openings, sentence
from wangqi.text.folding import simpler

_SITE = sentence("site", "itself")
_LAW = sentence("site", "law")
_WHOLE = sentence("site", "whole")
# A line without any of these is no notice: looking for words is twenty times faster than the patterns.
_HINTS = (
    *("本网", "本網", "本站", "本平台", "本平臺", "本公众号", "本公眾號", "本页面", "本頁面", "未经", "未經"),
    *("ookie", "site", "eserved", "ewsletter", "agree", "onsent"),
)
_HEAD = sentence("site", "heads")
_CONDITIONS = sentence("site", "conditions")
_HINTS_OF_CONDITIONS = openings("site", "conditions")
_LONGEST_HEAD = 24
_TONE = 3  # different words of conditions by which a line sounds like them
_SHORTEST = 20
_LONGEST = 400
_WORDS_OF_LAW = 2


def is_heading_of_conditions(line: str) -> bool:
    """Whether a line is nothing but 免责声明, 版权声明 or the like."""
    return len(line) <= _LONGEST_HEAD and _HEAD.fullmatch(simpler(line).strip(" :：【】[]*·—-")) is not None


def sounds_like_conditions(line: str, *, least: int = _TONE) -> bool:
    """Whether a line speaks of liability, rights and users; one line of a story may."""
    text = simpler(line).lower()
    if sum(map(text.count, _HINTS_OF_CONDITIONS)) < least:  # the cheap question first
        return False
    return len(set(_CONDITIONS.findall(text))) >= least


def is_notice(line: str) -> bool:
    """Whether a line is of the site's legal foot, its cookie notice or its newsletter box, and of no story.

    A story may be about copyright too: a notice also speaks of its own site.
    """
    if not _SHORTEST <= len(line) <= _LONGEST or not any(hint in line for hint in _HINTS):
        return False
    text = simpler(line)
    if _WHOLE.search(text):
        return True
    return _SITE.search(text) is not None and len({found.lower() for found in _LAW.findall(text)}) >= _WORDS_OF_LAW
