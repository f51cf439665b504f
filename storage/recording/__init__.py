"""What one visit of one page leaves in the archive, in one transaction."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.recording import doubts as doubts
    from storage.recording import parts as parts
    from storage.recording import payloads as payloads
    from storage.recording import rereading as rereading
    from storage.recording import visit as visit
else:
    __getattr__ = modules_of(__name__)
