"""What the pipelines ask of the crawl that they serve."""

from typing import TYPE_CHECKING

from pipelines.trimming import Judging
from storage import Archive
from wangqi.copies.changes import Weigh

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ArchiveSession:
    """An archive that is open for one crawl. The crawler's session, an extension of Scrapy's, is one.

    Attributes:
        archive: Open for writing until the crawl has ended.
        judging: Who judges copies.
        weighing: Who says whether a stranger could have changed a page.
        run_id: Of the run; None until it has begun, which is before the first item.
    """

    archive: Archive
    judging: Judging
    weighing: Weigh
    run_id: int | None = None


def session_of(crawler: "Crawler") -> ArchiveSession:
    """The session of a crawl for which `standing_aside.archives` is true; extensions are made before pipelines."""
    session = crawler.get_extension(ArchiveSession)
    assert session is not None
    return session
