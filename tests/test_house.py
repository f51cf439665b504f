"""The house as DESIGN has it: imports run downward, rooms stay small, names say what a thing is for."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
UPWARD = {
    "wangqi": {"crawler", "pipelines", "storage", "web"},
    "crawler": {"web"},
    "pipelines": {"crawler", "web"},
    "storage": {"crawler", "pipelines", "web"},
    "web": {"crawler", "pipelines"},
}
MODULES = sorted(path for layer in UPWARD for path in (ROOT / layer).rglob("*.py"))
BANNED_NAMES = {"utils", "helpers", "common", "base", "manager"}
# Each library has the one room that may import it.
ONLY_IN = {
    "trafilatura": "crawler/extraction",
    "sqlalchemy": "storage",
    "alembic": "storage",
    "apscheduler": "crawler",
    "scrapy": ("crawler", "pipelines"),  # there its exceptions alone
}
PURE = ("wangqi", "crawler/extraction", "pipelines/copies", "pipelines/text.py")
IMPURE_MODULES = {"os", "socket", "time", "subprocess", "requests", "random", "threading"}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide the direction"
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_keeps_to_its_room(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    roots = {name.split(".")[0] for name in imported(path)}
    layer = place.split("/")[0]
    assert not roots & UPWARD[layer], f"{place} imports upward"
    for library, room in ONLY_IN.items():
        assert library not in roots or place.startswith(room), f"{place} imports {library}, which belongs to {room}"
    if place.startswith(PURE):
        assert not roots & IMPURE_MODULES, f"{place} is a pure room"
    assert path.stem not in BANNED_NAMES
    assert len(path.read_text("utf-8").splitlines()) <= 300, f"{place} is two rooms"
