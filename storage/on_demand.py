"""Packages whose modules are loaded when they are first named: a question pays for its own SQL alone."""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType


def modules_of(package: str) -> Callable[[str], ModuleType]:
    """The `__getattr__` of such a package."""

    def load(name: str) -> ModuleType:
        whole = f"{package}.{name}"
        try:
            return import_module(whole)
        except ModuleNotFoundError as error:
            if error.name != whole:
                raise
            raise AttributeError(f"module {package!r} has no attribute {name!r}") from None

    return load
