"""A story and its copies: which one is canonical, what people have decided."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.works import decisions as decisions
    from storage.works import hosts as hosts
    from storage.works import merging as merging
    from storage.works import regrouping as regrouping
    from storage.works import relations as relations
else:
    __getattr__ = modules_of(__name__)
