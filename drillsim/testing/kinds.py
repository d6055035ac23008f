"""The contract of a scenario kind: it brings about the same each time it is asked, and nothing that does not fit."""

from __future__ import annotations

from drillsim.incidents import IncidentKind
from drillsim.scenario.example import example_network, example_world
from drillsim.testing.contract import (
    check_declarations,
    check_run,
    require,
    require_advisory_words,
    require_error_words,
    require_task_words,
    require_words,
)
from drillsim.testing.hazards import check_people


def check_kind(cls: type[IncidentKind]) -> None:
    """Check that a scenario kind keeps its contract.

    Raises
    ------
    AssertionError
        With what is wrong and what to write.
    """
    check_declarations(cls)
    name, kind = cls.__name__, cls.example()
    first, again = (kind.occur(example_world()) for _ in range(2))
    require(first == again, name, "occur() must return the same for the same world; draw from world.streams")
    ids = [incident.id for incident in first.incidents]
    require(len(set(ids)) == len(ids), name, "occur() gives two incidents the same id")
    hazards = [one.id for one in first.hazards]
    require(len(set(hazards)) == len(hazards), name, "occur() gives two hazards the same id")
    foreign = [one for one in (*ids, *hazards) if not one.startswith(kind.id)]
    require(not foreign, name, f"what it brings about is named after it: {kind.id}-…, not {', '.join(foreign)}")
    for incident in first.incidents:
        require(incident.node in example_network().places, name, f"there is no place {incident.node!r}")
        known = incident.hazard is None or incident.hazard in hazards
        require(known, name, f"{incident.id} names a hazard {incident.hazard!r} that it does not bring about")
        require_task_words(name, incident.tasks)
    require_words(name, "incident_type", (incident.type for incident in first.incidents))
    require_advisory_words(name, first.advisories)
    require_error_words(kind)
    for hazard in first.hazards:
        tasks = [task for one in first.incidents if one.hazard == hazard.id for task in one.tasks]
        state = hazard.begin(0.0, example_world())
        check_people(hazard, state, 60.0, (task.intervention for task in tasks))
    check_run(cls)
