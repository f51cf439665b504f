"""Pictures and attachments come in, and are read: what of it the archive keeps, and the index has."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.attaching import files as files
else:
    __getattr__ = modules_of(__name__)
