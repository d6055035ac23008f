"""A fictional city in a plateau valley, from a seed: for trials and benchmarks."""

from drillsim.roads.synth.city import ChemicalPark, City, synthetic_city
from drillsim.roads.synth.forces import FireStation
from drillsim.roads.synth.people import Buildings

__all__ = ["Buildings", "ChemicalPark", "City", "FireStation", "synthetic_city"]
