"""`scrapy copies`: the pages that carry one story, and which of them stands for it."""

from crawler.cli.story_command import StoryCommand
from crawler.cli.terminal import print_rows, print_told
from storage import Archive
from storage.rows import Copies
from views.copies import describe_copies, row


class Command(StoryCommand[Copies]):
    """List the copies of a story, the best first: their sites, what speaks against them, what was decided."""

    def found(self, archive: Archive, story: int) -> Copies | None:
        return archive.copies(story)

    def print_found(self, found: Copies) -> None:
        heading, rest = describe_copies(found)
        print_told(heading)
        print_rows(
            (row(copy, found.story.id) for copy in found.copies),
            as_json=False,
            nothing="No page carries it any more.",
        )
        if rest:
            print_told(f"\n{rest}")
