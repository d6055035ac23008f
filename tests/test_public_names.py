"""The public surface: few names, sorted, all there, all with a docstring, and the same for type checkers."""

import ast
from pathlib import Path

import drillsim


def names_for_type_checkers():
    """Return name and module of each import under ``if TYPE_CHECKING``."""
    source = ast.parse(Path(drillsim.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in source.body if isinstance(node, ast.If)]
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    assert all(name.asname == name.name for node in imports for name in node.names)  # without, it is not re-exported
    return {name.name: node.module for node in imports for name in node.names}


def test_the_public_names_are_few_sorted_and_there():
    assert len(drillsim.__all__) <= 20
    assert drillsim.__all__ == sorted(drillsim.__all__)
    assert all(hasattr(drillsim, name) for name in drillsim.__all__)


def test_type_checkers_see_each_public_name_where_it_is_loaded_from():
    assert names_for_type_checkers() == drillsim._HOMES


def test_every_public_name_says_what_it_is():
    silent = [n for n in drillsim.__all__ if n != "__version__" and not (getattr(drillsim, n).__doc__ or "").strip()]

    assert silent == []
