"""Roads: places and the road sections between them, how fast units drive, and the fastest routes.

The only package that knows networkx.
"""

from drillsim.roads.closures import closed_sections
from drillsim.roads.network.columns import Ids, numbers
from drillsim.roads.network.elements import Place, Section
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.snap import Snap, snap
from drillsim.roads.network.state import RoadState
from drillsim.roads.network.store import SUFFIX, open_network, save_network
from drillsim.roads.network.tables import network_from_tables, read_network
from drillsim.roads.place_search import FoundPlace, find_place, find_places, places_with
from drillsim.roads.routing.alternatives import alternatives
from drillsim.roads.routing.routing import NetworkxRouter, Route, Router
from drillsim.roads.routing.select import router_of
from drillsim.roads.speeds.courses import Stretches, stretches_of
from drillsim.roads.speeds.march import MarchRules, halts_between_s, march_halts_s, pass_time_s
from drillsim.roads.speeds.speeds import HeavyVehicleSpeed, snow_speed_factor

__all__ = [
    "SUFFIX",
    "FoundPlace",
    "HeavyVehicleSpeed",
    "Ids",
    "MarchRules",
    "NetworkxRouter",
    "Place",
    "RoadNetwork",
    "RoadState",
    "Route",
    "Router",
    "Section",
    "Snap",
    "Stretches",
    "alternatives",
    "closed_sections",
    "find_place",
    "find_places",
    "halts_between_s",
    "march_halts_s",
    "network_from_tables",
    "numbers",
    "open_network",
    "pass_time_s",
    "places_with",
    "read_network",
    "router_of",
    "save_network",
    "snap",
    "snow_speed_factor",
    "stretches_of",
]
