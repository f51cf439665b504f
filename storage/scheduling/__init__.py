"""What the clock keeps: who it is, the crawls that it has called, and what it tells whom."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.scheduling import calls as calls
    from storage.scheduling import holders as holders
    from storage.scheduling import incidents as incidents
    from storage.scheduling import outbox as outbox
else:
    __getattr__ = modules_of(__name__)
