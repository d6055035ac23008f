"""Every public function that returns an array says its shape."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[1] / "drillsim"
ARRAY: Final = re.compile(r"\b(NDArray|ndarray|Array|Ints|Times|coo_array|csr_array)\b")
"""What an annotation of an array says: numpy's own names, and the aliases for them in the package."""
LENGTH: Final = r"(?:n|m|n_[a-z_]+|[0-9]+|storeys|stairs|COHORTS|\.\.\.)(?: [+-] 1)?"
SHAPE: Final = re.compile(
    rf"\({LENGTH},(?: {LENGTH},?)*\)|[Ss]hape of|[Ss]ame shape|[Aa]ny shape|[Ss]hapes that broadcast"
)
"""``(n,)``, ``(n, 2)``, ``(n_places,)``, or whose shape it has."""


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the public functions of a module, and the public methods of its public classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for member in node.body:
                if isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
                    yield f"{node.name}.{member.name}", member


def without_shape() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for name, function in functions(ast.parse(path.read_text(encoding="utf-8"))):
            returns = "" if function.returns is None else ast.unparse(function.returns)
            if any(ast.unparse(mark) == "overload" for mark in function.decorator_list):
                continue  # the function itself says it
            if ARRAY.search(returns) and not SHAPE.search(ast.get_docstring(function) or ""):
                yield f"{path.relative_to(PACKAGE)}:{function.lineno} {name}"


def test_every_public_function_that_returns_an_array_says_its_shape():
    assert list(without_shape()) == []


def test_a_docstring_without_a_shape_is_found():
    assert SHAPE.search("Return travel times: (n_sources, n_targets). [s]")
    assert SHAPE.search("Return the heat, of the same shape. [kW/m²]")
    assert SHAPE.search("(n_settlements, COHORTS, 2) part of those who live")
    assert not SHAPE.search("Return the speed (Predtechenskii, 1969) of people (assumptions) at a density. [m/s]")
