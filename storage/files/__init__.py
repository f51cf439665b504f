"""Pictures and attachments: which stories show them, which are to be asked for, what became of each, what they say."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.files import said as said
    from storage.files import shown as shown
    from storage.files import wanted as wanted
else:
    __getattr__ = modules_of(__name__)
