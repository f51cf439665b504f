"""With which spider Scrapy's own commands ask for one page."""

from scrapy.commands import ScrapyCommand

from pipelines.standing_aside import archives_with


def one_page_spider(command: ScrapyCommand, name: str | None) -> str | None:
    """The name that `--spider` gave; None of ours, which follow a series into an archive and know nothing of one page.

    Raises:
        CatalogueError: There is no spider of this name.
    """
    assert command.crawler_process is not None
    return None if name is None or archives_with(command.crawler_process.spider_loader.load(name)) else name
