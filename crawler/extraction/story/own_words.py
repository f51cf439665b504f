"""What a site says for itself beside a story: adverts of its app, channels and hotline; its conditions, 免责声明."""

import re
from collections.abc import Sequence

from crawler.extraction.source.notices import is_heading_of_conditions, sounds_like_conditions
from crawler.extraction.source.segments import Segment
from crawler.extraction.vocabulary import sentence
from wangqi.text.folding import simpler

_CALL = sentence("advert", "call")
_GOAL = sentence("advert", "goal")
_OPENING = sentence("advert", "opening")
_PHONE = re.compile(r"(?<!\d)\d{3,4}[- ]?\d{4,8}(?!\d)")
_RULE = re.compile(r"[-—_=*＊─━~～.·。▬▼↓\s]{3,}")
_LONGEST = 200
_MOST = 12  # lines behind a rule
_OTHERS = 2  # lines of another tone by which they are over
_LEAST_LINES = 2
_MOST_OF_BODY = 0.5  # of a body's characters that may sound like conditions
_SHARE = 0.5  # of the lines behind a rule that must advertise


def without_adverts(lines: Sequence[Segment]) -> int:
    """How many of the story's lines are left when its last ones are advertisements of the outlet.

    A line of its own advertises when it calls for something (下载, 追踪) and names the goal (an App, an address).
    Behind a rule, a telephone number is a goal too, and lines between such lines go with them.
    """
    end = len(lines)
    while end > 1 and (lines[end - 1].src is not None or _advertises(lines[end - 1].text)):
        end -= 1
    while end < len(lines) and lines[end].src is not None:
        end += 1  # pictures at the end are the story's
    for index in range(max(1, len(lines) - _MOST), len(lines)):
        if lines[index].src is None and _RULE.fullmatch(lines[index].text):
            behind = [line.text for line in lines[index + 1 :] if line.src is None]
            if sum(_advertises(text, phones=True) for text in behind) >= _SHARE * len(behind):
                return min(end, index)
    return end


def _advertises(text: str, *, phones: bool = False) -> bool:
    if len(text) > _LONGEST:
        return False
    text = simpler(text)
    if _OPENING.match(text):
        return True
    is_goal = _GOAL.search(text) is not None or (phones and _PHONE.search(text) is not None)
    return is_goal and _CALL.search(text) is not None


def silence_conditions(segments: Sequence[Segment]) -> None:
    """Stop counting the lines below a heading of conditions (免责声明) as prose while they sound like conditions."""
    others = _OTHERS
    for line in segments:
        if line.src is not None:
            continue
        if is_heading_of_conditions(line.text):
            others = 0
        elif others < _OTHERS and line.chars > 0:
            is_of_them = sounds_like_conditions(line.text, least=1)
            others = 0 if is_of_them else others + 1
            line.prose = 0.0 if is_of_them else line.prose


def are_conditions(lines: Sequence[Segment]) -> bool:
    """Whether most of what these lines say sounds like the conditions of a site."""
    left = sum(line.chars for line in lines)
    most = _MOST_OF_BODY * left
    told = count = 0
    for line in lines:
        if told + left <= most:  # whatever the others say
            return False
        left -= line.chars
        if sounds_like_conditions(line.text):
            told, count = told + line.chars, count + 1
    return count >= _LEAST_LINES and told > most
