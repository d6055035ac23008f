"""No module of the package imports itself by way of others when it is loaded."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import drillsim

PACKAGE = Path(drillsim.__file__).parent
MODULES = {
    ".".join(("drillsim", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


def loaded(tree):
    """Every statement of a module but those that only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from loaded(node)


def imported(path):
    """The modules of the package that a module names in its imports, those within functions too."""
    for node in loaded(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "drillsim":
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module


def test_the_imports_of_a_line_are_found(tmp_path):
    (tmp_path / "x.py").write_text(
        "from typing import TYPE_CHECKING\nfrom drillsim.base.errors import guess\n"
        "if TYPE_CHECKING:\n    from drillsim.engine.run import Run\n"
        "def f():\n    from drillsim.roads import synthetic\n"
    )
    assert list(imported(tmp_path / "x.py")) == ["drillsim.base.errors", "drillsim.roads.synthetic"]


def test_no_module_is_imported_in_a_circle():
    graph = {name: set(imported(path)) - {name} for name, path in MODULES.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))

    assert order.index("drillsim.base.errors") < order.index("drillsim.engine.run")
