"""Which pages are to be fetched, by which run, when."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.frontier import discovery as discovery
    from storage.frontier import due as due
    from storage.frontier import runs as runs
    from storage.frontier import series as series
else:
    __getattr__ = modules_of(__name__)
