"""Roads: places and the road sections between them, how fast units drive, which way is fastest.

The only package that knows networkx.
"""

from drillsim.roads.alternatives import alternatives
from drillsim.roads.choice import router_of
from drillsim.roads.columns import Ids, numbers
from drillsim.roads.finding import FoundPlace, find_place, find_places, places_with
from drillsim.roads.march import MarchRules, march_halts_s, pass_time_s
from drillsim.roads.network import RoadNetwork
from drillsim.roads.parts import Place, Section, great_circle_m
from drillsim.roads.routing import NetworkxRouter, Route, Router
from drillsim.roads.snap import Snap, snap
from drillsim.roads.speeds import HeavyVehicleSpeed, snow_speed_factor
from drillsim.roads.state import RoadState
from drillsim.roads.store import SUFFIX, open_network, save_network
from drillsim.roads.tables import network_from_tables, read_network

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
    "alternatives",
    "find_place",
    "find_places",
    "great_circle_m",
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
]
