"""Texts through the real pipelines into a real archive in memory, without a crawl."""

import asyncio
from functools import partial

from itemadapter import ItemAdapter

from crawler.items import Story
from pipelines.deduplicate import Deduplicate, judge_of, registry_of, trim_of
from pipelines.normalise import Normalise
from pipelines.persist import page_record
from storage import Archive


def keep(archive: Archive, series: str, url: str, text: str, title: str) -> int | None:
    """The id of the story that the archive files a text under; None for a page without one."""
    item = Story(series_id=archive.series_named(series), url=url, title=title, text=text)

    async def prepared() -> Story:
        return await Deduplicate(partial(registry_of, archive)).process_item(await Normalise().process_item(item))

    adapter = ItemAdapter(asyncio.run(prepared()))
    record = page_record(adapter, run_id=None)
    return archive.record(record, judge_of(adapter), trim_of(adapter)).result().story_id
