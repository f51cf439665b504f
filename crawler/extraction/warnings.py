"""The warnings of one reading, as short codes; `wangqi.text.reading_quality` has the sentence for each."""

from crawler.extraction.kinds.telling import weight_of
from crawler.extraction.kinds.wordless import wall_below
from crawler.extraction.locate import Located
from crawler.extraction.source.decode import Decoded
from crawler.extraction.story.body import LEAST_PROSE
from crawler.extraction.story.own_words import are_conditions
from crawler.extraction.story.pieces import MOST_LINES

_SHORT = 50  # characters of Chinese, two a Latin word: a poem, or what a site says where it has no story


def warnings_of(place: Located, decoded: Decoded, text: str, *, is_issue: bool) -> tuple[str, ...]:
    kept = place.body.cut.kept
    words = []
    if place.body.in_pieces:
        chars = sum(segment.chars for segment in kept)
        media = {segment.medium for segment in kept if segment.src is not None}
        words = sorted(f"told_in_{medium}" for medium in media) if chars < LEAST_PROSE else []
    elif place.is_disputed:
        words = ["extractors_disagree"]
    if text and weight_of(text) < _SHORT and all(segment.src is None for segment in kept):
        words = ["short", *words]
    words += ["behind_a_wall"] if wall_below(place.body, place.segments) else []
    words += ["reads_like_conditions"] if are_conditions(kept) else []
    if (is_issue or place.body.in_pieces) and len(place.segments) - (place.headline.end or 0) > MOST_LINES:
        words.append("lines_left_out")
    return (*words, "replacement_characters") if decoded.replaced else tuple(words)
