"""Stories through the real pipelines into a real archive, without a crawl."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import Any

from itemadapter import ItemAdapter

from crawler.items import Story
from pipelines.deduplicate import Deduplicate, judge_of, registry_of, trim_of
from pipelines.normalise import Normalise
from pipelines.persist import page_record
from storage import Archive
from wangqi.visit import Recorded


def keep(archive: Archive, url: str, text: str, title: str = "林海生：三年跑遍十八个村", **given: Any) -> Recorded:
    """What a crawl would do with a story page of this text."""
    item = Story(
        series_id=archive.series_named("一线故事"),
        url=url,
        title=title,
        text=text,
        body=text.encode(),
        fetched_at=datetime.now(UTC),
        final_url=url,
        status=200,
        **given,
    )

    async def prepared() -> Story:
        return await Deduplicate(partial(registry_of, archive)).process_item(await Normalise().process_item(item))

    adapter = ItemAdapter(asyncio.run(prepared()))
    record = page_record(adapter, run_id=None)
    return archive.record(record, judge_of(adapter), trim_of(adapter)).result()
