"""Import of road networks: readers of formats, contraction to junctions, speeds, heights, and a report."""

from drillsim.roads.importing.node_retention import ALL, read_kept
from drillsim.roads.importing.places import PointOfInterest, places_of_interest
from drillsim.roads.importing.reading import holds_places, import_graph, import_roads
from drillsim.roads.importing.report import ImportReport

__all__ = [
    "ALL",
    "ImportReport",
    "PointOfInterest",
    "holds_places",
    "import_graph",
    "import_roads",
    "places_of_interest",
    "read_kept",
]
