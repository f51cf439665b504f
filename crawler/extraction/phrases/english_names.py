"""Names of persons in English lines: "By Ann Ferry and Tom Reed", "Posted by Ann Ferry on March 5, 2024"."""

import re

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Updated?|Published|Posted|Last)\b"
)
_WORD = rf"(?!{_MONTH}|[Bb][Yy]\b)[A-Z][\w.'’-]*"
_SMALL = r"(?:de|van|von|der|da|di|la|le|bin|al|el)"
_PERSON = rf"{_WORD}(?:\s+(?:{_SMALL}\s+)*{_WORD}){{1,3}}"
_PERSONS = rf"{_PERSON}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*[&、]\s*){_PERSON})*"
_BYLINE = re.compile(
    rf"^\W*(?i:(?:words|story|text|posted|written|published|reported)\s+)?(?i:by:?\s+){{1,2}}(?P<names>{_PERSONS})"
    rf"(?=\s*(?:$|[^\w\s]|\d|(?:on|in|for|at|of)\b|{_MONTH}))"
)
_ONE = re.compile(rf"(?:{_WORD})(?:\s+(?:{_SMALL}\s+)*{_WORD}){{1,2}}")
BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*[&、]\s*")
CAPITALS = re.compile(rf"(?:[A-Z]\S*|{_SMALL})(?:\s+(?:[A-Z]\S*|{_SMALL}))*")
_LONGEST = 28
_OFFICE = re.compile(
    r"\b(?:writer|editor|reporter|correspondent|staff|columnist|analyst|director|officer|press)\b", re.IGNORECASE
)
# What stands alone beside a date as often: a rubric.
_RUBRIC = re.compile(
    r"news|\b(?:the|and|of|your|our|home|health|business|world|sports?|blog|guides?|tips|reviews?|article|opinion|learning"
    r"|marketing|design|tech|technology|press|release|media|story|stories|credit|photos?|share|read|min|post|table|contents|"
    r"related|latest|top|best|how|why|what|more|all|inc|llc|ltd|company|team|staff|editors?|university|institute)\b",
    re.IGNORECASE,
)


def english_byline(line: str) -> str | None:
    """The persons of a line that begins with "By", joined by "、"; or None."""
    found = _BYLINE.match(line)
    if not found:
        return None
    first, *others = BETWEEN.split(found["names"])
    # By Ann Ferry, USA TODAY: in capitals alone stands the outlet, and behind a comma the office
    persons = (each for each in others if (first.isupper() or not each.isupper()) and not _OFFICE.search(each))
    return "、".join((first, *persons))


def is_english_list(line: str) -> bool:
    """Whether a line is the names of two persons and more."""
    return len(parts := BETWEEN.split(line)) > 1 and all(_ONE.fullmatch(part) for part in parts)


def is_english_name(line: str) -> bool:
    """Whether a line is two or three words with capitals that name no rubric."""
    return (
        not line.isupper() and len(line) <= _LONGEST and _ONE.fullmatch(line) is not None and not _RUBRIC.search(line)
    )
