"""What a migrated database is made of: the migrations, and whatever of ours they import."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BESIDE = ("cardmaker/settings/*.py", "requirements/base.txt")  # the latter for Django's and its apps' own migrations


def digest(root: Path = ROOT) -> str:
    """Twelve characters that change with every file below `root` that can change what the migrations make."""
    found = hashlib.sha256()
    for path in sorted(_reached(root).union(*(root.glob(pattern) for pattern in BESIDE))):
        found.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:12]


def _reached(root: Path) -> set[Path]:
    """The migrations of the apps and all modules below `root` that they lead to by imports."""
    reached: set[Path] = set()
    waiting = [*root.glob("*/migrations/*.py"), *root.glob("cardmaker/core/migrations/*.py")]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [found for name in _imported(path, root) for found in _files(root, name)]
    return reached


def _imported(path: Path, root: Path) -> Iterator[str]:
    """Dotted names that may be modules; in `from a import b` both a and a.b."""
    package = path.relative_to(root).parts
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: -node.level] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from [base, *(f"{base}.{name.name}" for name in node.names)]


def _files(root: Path, name: str) -> list[Path]:
    place = root.joinpath(*name.split("."))
    return [path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()]
