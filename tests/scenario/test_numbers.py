"""Every number of every input is a number: no truth value, no text, nothing that is not finite."""

import math
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import TypeAdapter, ValidationError

from drillsim.base.quantities import Duration
from drillsim.scenario.model_paths import reachable_models
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.scenario import Scenario

IS_NONE = [True, False, math.nan, math.inf, -math.inf]


def kinds_of_number(annotation):
    """Return the plain types of number that an annotation allows as a bare value."""
    if get_origin(annotation) is Annotated:
        return kinds_of_number(get_args(annotation)[0])
    if annotation in (int, float):
        return {annotation}
    if get_origin(annotation) is not None and (
        get_origin(annotation) is Union or "UnionType" in str(get_origin(annotation))
    ):
        return set().union(*(kinds_of_number(arm) for arm in get_args(annotation)))
    return set()


FIELDS = [
    pytest.param(model, name, kinds, id=f"{model.__name__}.{name}")
    for model in reachable_models(Scenario, PlanSpec)
    for name, info in model.model_fields.items()
    if (kinds := kinds_of_number(info.rebuild_annotation())) and bool not in get_args(info.annotation)
]


def refused(model, name, value) -> bool:
    """Return whether a model finds fault with one of its fields."""
    try:
        model.model_validate({name: value})
    except ValidationError as error:
        return any(detail["loc"][:1] == (name,) for detail in error.errors())
    return False


def test_there_are_numbers_to_try():
    assert len(FIELDS) > 150


@pytest.mark.parametrize(("model", "name", "kinds"), FIELDS)
def test_no_field_takes_for_a_number_what_is_none(model, name, kinds):
    wrong: list[Any] = [*IS_NONE, *([1.5] if kinds == {int} else [])]

    assert [value for value in wrong if not refused(model, name, value)] == []


@pytest.mark.parametrize(
    ("model", "name", "kinds"),
    [p for p in FIELDS if str not in get_args(p.values[0].model_fields[p.values[1]].annotation)],
)
def test_a_number_in_quotes_is_a_text_but_for_times(model, name, kinds):
    is_time = "seconds" in repr(model.model_fields[name].rebuild_annotation())

    assert refused(model, name, "1") or is_time


def test_a_version_that_is_true_is_not_version_1():
    assert refused(Scenario, "drillsim", True)


@pytest.mark.parametrize("kind", [dict[str, int], tuple[float, ...], dict[str, tuple[int, float]]])
def test_numbers_in_lists_and_mappings_are_found_too(kind):
    class Holder(Duration):
        held: kind

    def take(value):
        return Holder.model_validate({"mean_s": 1, "held": value})

    good = {dict[str, int]: {"a": 1}, tuple[float, ...]: [1.5], dict[str, tuple[int, float]]: {"a": [1, 1.5]}}[kind]
    bad = {dict[str, int]: {"a": True}, tuple[float, ...]: [True], dict[str, tuple[int, float]]: {"a": [True, 1.5]}}
    assert take(good).model_dump()["held"] == TypeAdapter(kind).validate_python(good)
    with pytest.raises(ValidationError, match="held"):
        take(bad[kind])
