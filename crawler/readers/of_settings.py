"""The processes that read pages, as the settings have them."""

from scrapy.settings import BaseSettings

from crawler.extraction.rules.selectors import Rule
from crawler.readers.pool import Extractors
from crawler.run.visits import Known, ReadPage
from pipelines.deduplicate import registry_of
from storage import Archive


def extractors_for(settings: BaseSettings) -> Extractors[ReadPage]:
    """Launched, and not started: the process that forks them is to be there before the archive's writer thread is."""
    extractors = Extractors[ReadPage](
        "crawler.readers.read_page:prepare",
        workers=settings.getint("EXTRACT_WORKERS") or None,
        deadline=settings.getfloat("EXTRACT_TIMEOUT"),
        memory=settings.getint("EXTRACT_MEMORY"),
    )
    extractors.launch()
    return extractors


def begin(extractors: Extractors[ReadPage], archive: Archive, rules: tuple[Rule, ...]) -> None:
    extractors.start()
    extractors.configure(Known(registry_of(archive), rules))
