"""Every example in the docstrings of hazards gives what it says."""

import doctest
import importlib
import pkgutil

import pytest

from drillsim import hazards, incidents

MODULES = sorted(
    m.name for package in (hazards, incidents) for m in pkgutil.iter_modules(package.__path__, package.__name__ + ".")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_give_what_they_say(name):
    found = doctest.testmod(importlib.import_module(name))

    assert found.failed == 0
