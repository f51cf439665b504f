"""PURE: where a key stands in a TOML source; `tomllib` tells that for broken syntax only."""

import tomllib


def line_of(source: str, table: str, key: str | None, number: int = 0) -> int:
    r"""The line (from 1) of a key, or of its table where the key is not found, or 1; of an array that table `number`.

    >>> line_of('[a]\nstart = "x"\n[b]\nstart = "y"', "b", "start")
    4
    """
    current: list[str] = []
    found, seen = 1, -1
    for at, line in enumerate(source.split("\n"), start=1):
        path = _path(line, current)
        if path and line.lstrip().startswith("["):
            current = path
            seen += path == [table]
        if path[:1] != [table] or max(seen, 0) != number:
            continue
        if key is not None and path[1:2] == [key]:
            return at
        if path == [table]:
            found = at
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
