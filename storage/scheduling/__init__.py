"""What the clock keeps: the crawls that it has called."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.scheduling import calls as calls
    from storage.scheduling import holders as holders
else:
    __getattr__ = modules_of(__name__)
