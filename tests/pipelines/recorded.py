"""Stories through the real pipelines into a real archive, without a crawl."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pipelines.deduplicate import Deduplicate, judge_of, registry_of, trim_of
from pipelines.normalise import Normalise
from storage import Archive
from wangqi.visit import Capture, Reading, Recorded, Visit


def keep(archive: Archive, url: str, text: str, title: str = "林海生：三年跑遍十八个村", **given: Any) -> Recorded:
    """What a crawl would do with a story page of this text."""
    read = Visit(
        series_id=archive.series_named("一线故事"),
        run_id=None,
        url=url,
        outcome="stored",
        capture=Capture(url=url, fetched_at=datetime.now(UTC), status=200, headers={}, body=text.encode()),
        reading=Reading(title=title, text=text, **given),
    )

    async def prepared() -> Visit:
        return await Deduplicate(partial(registry_of, archive)).process_item(await Normalise().process_item(read))

    visit = asyncio.run(prepared())
    return archive.record(visit, judge_of(visit), trim_of(visit)).result()
