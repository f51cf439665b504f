"""Dates that are told in letters: "March 5, 2024 at 8:30 p.m. EST", "5 mars 2024", "5. März 2024"."""

import re
from collections.abc import Iterator

# In English, then in German, French, Spanish, Italian, Portuguese, Dutch and Malay where they differ.
_NAMES = (
    "january jan januar jänner janvier janv enero ene gennaio janeiro januari",
    "february feb februar février févr febrero febbraio fevereiro februari",
    "march mar märz mars marzo março maart mac",
    "april apr avril avr abril aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet juil julio luglio julho julai",
    "august aug août agosto augustus ogos",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro disember",
)
NUMBER_OF = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = rf"(?P<month>{'|'.join(sorted(NUMBER_OF, key=len, reverse=True))})\b\.?"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?:(?!\d)|(?=\d{1,2}:\d\d))"  # a time may hang on it
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_TIME = (
    r"(?:[\s,|·•@–—-]{0,4}(?:at\s+)?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    r"(?:\s*(?P<noon>[ap])\.?m\b)?(?:\s*(?P<zone>GMT|UTC|[ECMP][SD]T)\b)?)?"
)
# Letters of a zone, as their hours from UTC; the American zones also say that 10/9/24 is a day of October.
HOURS_OF = {"GMT": 0, "UTC": 0} | {
    f"{zone}{time}T": -8 + east + (time == "D") for east, zone in enumerate("PMCE") for time in "SD"
}
_APART = r"(?:(?<![^\W\d_])|(?-i:(?<=[a-z])(?=[A-Z])))"  # HealthDecember 5, 2024
# 十一月 6th, 2009, as translated blogs print it
_HAN_NUMBER = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
NUMBER_OF |= {f"{name}月": number for name, number in _HAN_NUMBER.items()}
_FORMS = (
    re.compile(
        rf"(?<![一二三四五六七八九十])(?P<month>十[一二]?月|[一二三四五六七八九]月)\s+{_DAY}(?:st|nd|rd|th)?\s*,\s*{_YEAR}{_TIME}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.])(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])/(?P<year>(?:20)?\d\d),?\s+"
        r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\s*(?P<noon>[ap])\.?m\.?)?"
        r"\s*(?P<zone>[ECMP][SD]T)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_APART}{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?:{_WEEKDAY}[,\s]\s*)?{_YEAR}{_TIME}", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![\d.]){_DAY}(?:st|nd|rd|th|er|\.|º)?[\s/-]*(?:(?:of|de)\s+)?{_MONTH}(?:[\s,/-]|de\s){{0,4}}{_YEAR}{_TIME}",
        re.IGNORECASE,
    ),
)
_ANY = re.compile(r"(?:19|20)\d\d|\d/\d\d?/\d\d")


def named_dates(text: str) -> Iterator[re.Match[str]]:
    """Every date with a named month, as groups month, day, year, hour, minute, second, noon and zone."""
    if _ANY.search(text):
        for form in _FORMS:
            yield from form.finditer(text)
