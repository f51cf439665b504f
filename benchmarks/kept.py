"""Texts into a real archive in memory, without a crawl."""

from pipelines.analyse import in_normal_form, marks_of
from pipelines.deduplicate import judge_of, registry_of, trim_of
from storage import Archive
from wangqi.visit import Reading, Visit


def keep(archive: Archive, series: str, url: str, text: str, title: str) -> int | None:
    """The id of the story that the archive files a text under; None for a page without one."""
    reading = in_normal_form(Reading(title=title, text=text))
    visit = Visit(
        series_id=archive.series_named(series),
        run_id=None,
        url=url,
        outcome="stored",
        reading=reading,
        marks=marks_of(reading, url, registry_of(archive)),
    )
    return archive.record(visit, judge_of(visit), trim_of(visit)).result().story_id
