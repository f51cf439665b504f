"""Who has made a page's story, and where it came from: what lines and elements say, labelled or not."""

from collections.abc import Sequence
from functools import partial

from crawler.extraction.facts.beside_title import named_beside_title
from crawler.extraction.facts.bylines import gather
from crawler.extraction.facts.outlets import named_account, named_beside_day, named_outlet
from crawler.extraction.facts.profiles import named_at_head
from crawler.extraction.facts.surroundings import Surroundings
from crawler.extraction.locate import Located
from crawler.extraction.model import Block, Credit
from crawler.extraction.source.metadata import PageData


def credits_of(
    data: PageData, source: str, place: Located, around: Surroundings, blocks: Sequence[Block]
) -> tuple[Credit, ...]:
    """In order of trust; what only a place in the page tells is asked for where no label names it."""
    lines = (place.segments, place.headline, place.body)
    return gather(
        data,
        around,
        blocks,
        place.wechat.credits if place.wechat else (),
        outlet=partial(named_outlet, data, *lines),
        unlabelled=(
            partial(named_account, data, *lines),
            partial(named_at_head, *lines),
            partial(named_beside_title, source, place.headline.text),
            partial(named_beside_day, data, *lines),
        ),
    )
