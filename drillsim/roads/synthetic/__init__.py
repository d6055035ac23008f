"""A fictional city in a plateau valley, from a seed: for trials and benchmarks."""

from drillsim.roads.synthetic.city import ChemicalPark, City, synthetic_city
from drillsim.roads.synthetic.forces import FireStation
from drillsim.roads.synthetic.people import Buildings

__all__ = ["Buildings", "ChemicalPark", "City", "FireStation", "synthetic_city"]
