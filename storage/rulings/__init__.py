"""The word of people on a series: its name, its pages, which series are one."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.rulings import belonging as belonging
    from storage.rulings import rulings as rulings
else:
    __getattr__ = modules_of(__name__)
