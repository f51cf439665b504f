"""In which language a page is written."""

import re

from crawler.extraction.source.metadata import PageData

_HAN = re.compile(r"[\u3400-\u9fff]+")
_CHINESE = 0.1  # share of Han characters by which a text is Chinese


def language_of(data: PageData, text: str) -> str | None:
    """What the page declares; of a Chinese text some Chinese, whatever else its template declares."""
    if sum(map(len, _HAN.findall(text))) > _CHINESE * len(text) > 0:
        declared = (data.language or "").lower()
        return data.language if declared.startswith("zh") else "zh"
    return data.language
