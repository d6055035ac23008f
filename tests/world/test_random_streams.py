"""Named random streams: what a draw depends on, and what it does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillsim.base.errors import SeedError
from drillsim.world.random_streams import RandomStreams

SEEDS = st.integers(0, 2**128 - 1)
PARTS = st.one_of(st.text(max_size=8), st.integers(0, 10**6))
NAMES = st.lists(PARTS, min_size=1, max_size=4).map(tuple)


def first_draws(streams, *name):
    return streams(*name).integers(0, 2**62, size=2).tolist()


def spelled(name):
    return tuple(str(part) for part in name)


@given(SEEDS, st.lists(NAMES, min_size=2, max_size=4, unique_by=spelled))
def test_a_stream_depends_on_its_name_and_not_on_the_order_of_asking(seed, names):
    forwards, backwards = RandomStreams(seed), RandomStreams(seed)

    assert {n: first_draws(forwards, *n) for n in names} == {n: first_draws(backwards, *n) for n in reversed(names)}


@given(SEEDS, NAMES)
def test_asking_again_restarts_the_same_stream_however_far_it_was_used(seed, name):
    streams = RandomStreams(seed)
    before = first_draws(streams, *name)
    streams(*name).random(100)

    assert first_draws(streams, *name) == before


@given(SEEDS, NAMES)
def test_the_quick_generator_draws_the_same_numbers(seed, name):
    streams = RandomStreams(seed)
    streams.once("another").random(3)

    assert streams.once(*name).random(3).tolist() == streams(*name).random(3).tolist()


@given(SEEDS, NAMES, NAMES)
def test_streams_of_different_names_differ(seed, one, other):
    streams = RandomStreams(seed)

    assert (first_draws(streams, *one) == first_draws(streams, *other)) == (spelled(one) == spelled(other))


@given(SEEDS, SEEDS)
def test_streams_of_different_seeds_differ(one, other):
    same = first_draws(RandomStreams(one), "a") == first_draws(RandomStreams(other), "a")

    assert same == (one == other)


@given(SEEDS, st.integers(0, 2**40), st.integers(0, 2**40))
def test_streams_of_different_replications_differ(seed, one, other):
    same = first_draws(RandomStreams(seed, one), "a") == first_draws(RandomStreams(seed, other), "a")

    assert same == (one == other)


@pytest.mark.parametrize(
    ("one", "other"), [((0, 1), (1, 0)), ((2**32, 0), (0, 1)), ((2**32 + 5, 7), (5, 1)), ((0, 2**32), (0, 1))]
)
def test_a_large_seed_is_not_mistaken_for_another_replication(one, other):
    assert first_draws(RandomStreams(*one), "a") != first_draws(RandomStreams(*other), "a")


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b"), ("ab",)), (("a", "b"), ("b", "a")), (("ab", "c"), ("a", "bc")), (("1:a",), ("a",)), (("",), ())],
)
def test_the_parts_of_a_name_are_kept_apart(one, other):
    streams = RandomStreams(1)

    assert first_draws(streams, *one) != first_draws(streams, *other)


def test_a_slot_may_be_written_as_a_number_or_as_text():
    streams = RandomStreams(1)

    assert first_draws(streams, "turnout", "inc-1", 0) == first_draws(streams, "turnout", "inc-1", "0")


def test_a_draw_stays_what_it_is_from_one_version_to_the_next():
    assert RandomStreams(1, 0)("turnout", "inc-1", 0).integers(0, 1000, size=3).tolist() == [896, 670, 572]


@pytest.mark.parametrize(
    ("seed", "replication", "said"),
    [
        (-1, 0, "seed"),
        (1.5, 0, "seed"),
        ("1", 0, "seed"),
        (2**128, 0, "seed"),
        pytest.param(10**5000, 0, "seed", id="thousands of digits"),
        (0, -1, "replication"),
        (0, 2**64, "repl"),
    ],
)
def test_what_is_no_seed_is_refused_in_a_sentence(seed, replication, said):
    with pytest.raises(SeedError, match=f"{said}.*write a whole number from 0"):
        RandomStreams(seed, replication)


def test_a_whole_number_of_numpy_and_the_entropy_of_one_of_its_generators_are_seeds():
    entropy = np.random.SeedSequence(5).spawn(1)[0].entropy + 2**127

    assert first_draws(RandomStreams(np.int64(3)), "a") == first_draws(RandomStreams(3), "a")
    assert first_draws(RandomStreams(entropy), "a") != first_draws(RandomStreams(entropy % 2**64), "a")


def test_normal_numbers_by_fingerprint_are_normal_and_independent():
    fingerprints = np.arange(40_000, dtype=np.uint64)
    draws = np.array([RandomStreams(1, r).standard_normals("luck", fingerprints) for r in range(2)])
    assert draws.mean() == pytest.approx(0.0, abs=0.015)
    assert draws.std() == pytest.approx(1.0, abs=0.015)
    assert (np.abs(draws) < 1.959964).mean() == pytest.approx(0.95, abs=0.004)
    assert abs(np.corrcoef(draws)[0, 1]) < 0.02
    assert abs(np.corrcoef(draws[0, 1:], draws[0, :-1])[0, 1]) < 0.02
    assert draws[0, 5:9].tolist() == RandomStreams(1, 0).standard_normals("luck", fingerprints[5:9]).tolist()
