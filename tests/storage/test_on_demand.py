"""A package whose modules are loaded when they are first named."""

import sys

import pytest

from storage import queries, rows, works


def test_what_is_no_module_of_it_is_told_as_of_any_package() -> None:
    with pytest.raises(AttributeError, match=r"module 'storage\.queries' has no attribute 'storeys'"):
        queries.storeys  # type: ignore[attr-defined] # noqa: B018 - the asking is the test
    assert not hasattr(queries, "__wrapped__")


def test_a_library_that_a_module_lacks_is_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(works, "merging")
    monkeypatch.delitem(sys.modules, "storage.works.merging")
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(ModuleNotFoundError, match="sqlalchemy"):
        works.merging  # noqa: B018 - to ask for it is what fails


def test_a_name_that_no_module_has_is_told_as_of_any_package() -> None:
    with pytest.raises(AttributeError, match=r"module 'storage\.rows' has no attribute 'StoreyRow'"):
        rows.StoreyRow  # type: ignore[attr-defined] # noqa: B018 - the asking is the test


def test_each_name_that_the_package_promises_is_found() -> None:
    assert all(getattr(rows, name).__name__ == name for name in rows.__all__ if isinstance(getattr(rows, name), type))
