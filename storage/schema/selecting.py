"""SELECT lists, made from the row class that they fill."""

from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol

from sqlalchemy import ColumnElement, FromClause


class Row(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def columns_of(row: type[Row], *tables: FromClause, **computed: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """One column a field, in the order of the fields: as it is computed, else as the first table has it that has it.

    Raises:
        LookupError: No table has a column of that name.
    """
    return [
        computed[field.name].label(field.name) if field.name in computed else _column(field.name, row, tables)
        for field in fields(row)
    ]


def _column(name: str, row: type[Row], tables: tuple[FromClause, ...]) -> ColumnElement[Any]:
    for table in tables:
        if name in table.c:
            return table.c[name]
    names = ", ".join(str(table) for table in tables)
    raise LookupError(f"{row.__name__}.{name} is a column of none of {names}; say how it is computed.")
