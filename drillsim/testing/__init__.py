"""The contract of plug-ins as tests: an outside package calls them on its own, as drillsim does on what it ships.

    from drillsim.testing import check_plugin
    import my_package.grassland

    def test_it_keeps_its_contract():
        check_plugin(my_package.grassland)

A breach raises an ``AssertionError`` that says what is wrong and what to write.
"""

from drillsim.testing.contract import check_declarations, check_run
from drillsim.testing.hazards import MOST_STEPS, check_hazard
from drillsim.testing.kinds import check_kind
from drillsim.testing.plugins import check_plugin
from drillsim.testing.policies import check_policy

__all__ = [
    "MOST_STEPS",
    "check_declarations",
    "check_hazard",
    "check_kind",
    "check_plugin",
    "check_policy",
    "check_run",
]
