"""Questions of the language of docs/searching.md."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.queries.search import every_text as every_text
    from storage.queries.search import facets as facets
    from storage.queries.search import hits as hits
    from storage.queries.search import indexed as indexed
else:
    __getattr__ = modules_of(__name__)
