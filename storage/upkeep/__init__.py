"""What keeps an archive sound over the years: it is verified, backed up, repaired, and each run leaves a manifest."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.upkeep import manifests as manifests
else:
    __getattr__ = modules_of(__name__)
