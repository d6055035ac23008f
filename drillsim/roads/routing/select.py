"""Which router computes: the hierarchy where it is installed, scipy elsewhere. All cost the same to the millisecond."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.routing.routing import Router
from drillsim.roads.speeds.speeds import HeavyVehicleSpeed


def router_of(network: RoadNetwork, speeds: HeavyVehicleSpeed) -> Router:
    """Return the router of a network; replications share what it remembers, which depends on nothing else."""
    return _router(network, speeds.model_dump_json())


@lru_cache(maxsize=8)
def _router(network: RoadNetwork, speeds: str) -> Router:
    section_s = HeavyVehicleSpeed.model_validate_json(speeds).section_s(network)
    if find_spec("pyroutingkit") is None or network.section_columns.num_rows == 0:
        from drillsim.roads.routing.scipy_router import ScipyRouter  # noqa: PLC0415  # only one of them is needed

        return ScipyRouter(network, section_s)
    from drillsim.roads.routing.hierarchy import HierarchyRouter  # noqa: PLC0415  # only one of them is needed

    return HierarchyRouter(network, section_s)
