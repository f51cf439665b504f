"""PURE: where a key stands in a TOML source; `tomllib` tells that for broken syntax only."""

import tomllib


def line_of(source: str, table: str, key: str | None) -> int:
    r"""The line (from 1) of a key, or of its table where the key is not found, or 1.

    >>> line_of('[a]\nstart = "x"\n[b]\nstart = "y"', "b", "start")
    4
    """
    current: list[str] = []
    found = 1
    for number, line in enumerate(source.split("\n"), start=1):
        path = _path(line, current)
        if path[:1] != [table]:
            continue
        if line.lstrip().startswith("["):
            current = path
        if key is not None and path[1:2] == [key]:
            return number
        if path == [table]:
            found = number
    return found


def _path(line: str, table: list[str]) -> list[str]:
    """The names that a line of TOML opens or sets, from the top; empty for any other line."""
    text = line.strip()
    header = text.startswith("[")
    try:
        node = tomllib.loads(text if header else f"{text.partition('=')[0]} = 0" if "=" in text else "")
    except tomllib.TOMLDecodeError:
        return []
    path = [] if header else [*table]
    while isinstance(node, dict) and node:
        name, node = next(iter(node.items()))
        path.append(name)
    return path
