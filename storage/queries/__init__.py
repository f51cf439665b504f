"""Questions to the archive. Nothing here writes."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.queries import account as account
    from storage.queries import copies as copies
    from storage.queries import handing_over as handing_over
    from storage.queries import held as held
    from storage.queries import ledger as ledger
    from storage.queries import missing as missing
    from storage.queries import names as names
    from storage.queries import news as news
    from storage.queries import pages as pages
    from storage.queries import pulse as pulse
    from storage.queries import search as search
    from storage.queries import series as series
    from storage.queries import stories as stories
    from storage.queries import wholeness as wholeness
else:
    __getattr__ = modules_of(__name__)
