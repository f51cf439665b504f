"""Packages whose modules are loaded when they, or what they hold, are first named: a question pays for itself alone."""

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


def names_of(*modules: str) -> Callable[[str], object]:
    """The `__getattr__` of a package that hands on the names of its modules; the first that knows a name has it."""

    def load(name: str) -> object:
        for whole in () if name.startswith("__") else modules:
            found = getattr(import_module(whole), name, None)
            if found is not None:
                return found
        raise AttributeError(f"module {modules[0].rpartition('.')[0]!r} has no attribute {name!r}")

    return load
