"""What exports ask beside the rows of stories, many at a time."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.queries.handing_over import archive as archive
    from storage.queries.handing_over import captures as captures
    from storage.queries.handing_over import works as works
else:
    __getattr__ = modules_of(__name__)
