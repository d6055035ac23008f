"""Vapour pressures and boiling points against published ones."""

import pytest

from drillsim.hazards.release.leak import Leak, outflow
from drillsim.physics.gas.release import boiling_k, evaporating_pool_kg_m2_s, vapour_pressure_pa
from drillsim.physics.gas.substances import SUBSTANCES
from drillsim.physics.gas.vapour_rows import ROWS

COOLPROP = (  # CoolProp 8.0.0, reference equations of state, saturated liquid [K], [Pa]
    ("chlorine", 253.15, 180_378), ("chlorine", 293.15, 675_697), ("chlorine", 313.15, 1_141_327),
    ("ammonia", 253.15, 190_026), ("ammonia", 293.15, 857_040), ("ammonia", 313.15, 1_554_533),
    ("hydrogen_sulfide", 253.15, 546_371), ("hydrogen_sulfide", 293.15, 1_780_998),
    ("sulfur_dioxide", 253.15, 63_521), ("sulfur_dioxide", 293.15, 330_674),
    ("hydrogen_chloride", 253.15, 1_477_144), ("hydrogen_chloride", 293.15, 4_227_255),
    ("propane", 253.15, 244_518), ("propane", 293.15, 836_461),
    ("benzene", 253.15, 1_006), ("benzene", 293.15, 10_030), ("benzene", 313.15, 24_389),
    ("methanol", 253.15, 1_028), ("methanol", 293.15, 13_032), ("methanol", 313.15, 35_518),
    ("ethanol", 253.15, 346), ("ethanol", 293.15, 5_876), ("ethanol", 313.15, 17_880),
    ("xylene", 253.15, 51.0), ("xylene", 293.15, 878), ("xylene", 313.15, 2_655),
)  # fmt: skip


@pytest.mark.parametrize(("name", "temperature_k", "pa"), COOLPROP)
def test_the_vapour_pressure_is_the_published_one_within_a_twentieth(name, temperature_k, pa):
    assert vapour_pressure_pa(SUBSTANCES[name], temperature_k) == pytest.approx(pa, rel=0.05)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_at_the_boiling_point_it_is_one_atmosphere_and_the_one_is_the_inverse_of_the_other(name):
    substance = SUBSTANCES[name]

    assert boiling_k(substance, 101_325.0) == pytest.approx(substance.boiling_k, rel=0.002)  # NIST WebBook, rounded
    for pa in (1e3, 60_000.0, 1e6):
        assert vapour_pressure_pa(substance, boiling_k(substance, pa)) == pytest.approx(pa, rel=1e-9)


@pytest.mark.parametrize("name", sorted(SUBSTANCES))
def test_it_rises_with_temperature_far_beyond_melting_and_critical_point(name):
    rising = [vapour_pressure_pa(SUBSTANCES[name], t) for t in range(73, 474, 5)]

    assert rising == sorted(rising)
    assert rising[0] >= 0.0


def test_evaporation_follows_the_vapour_pressure():
    """Mackay and Matsugu by hand for benzene at 20 °C, 2 m/s, 10 m: k = 0.00397 m/s times 10 030 Pa · M/(R T)."""
    transfer = 0.0048 * 2.0**0.78 * 10.0**-0.11 * (1.5e-5 / (2.5e-5 * (0.018 / 0.07811) ** 0.5)) ** -0.67
    by_hand = transfer * 10_030 * 0.07811 / (8.314462618 * 293.15)

    assert evaporating_pool_kg_m2_s(SUBSTANCES["benzene"], 293.15, 2.0, 10.0) == pytest.approx(by_hand, rel=0.01)
    assert by_hand == pytest.approx(0.00175, rel=0.02)


def test_a_liquid_stored_above_its_critical_point_is_reported():
    def notes(stored_c):
        leak = Leak(substance="hydrogen_chloride", stored_kg=100, hole_mm=10, stored_c=stored_c)
        out = outflow(leak, air_c=15, elevation_m=0, wind_m_s=3, terrain="rural", averaging_s=600)
        return [one.text("en") for one in out.advisories]

    assert notes(20) == []
    assert notes(60) == [
        "temperature of liquid hydrogen_chloride 333.15 K is outside 158.85 to 324.65 K (VDI Heat Atlas 2010, D3.1"
        " (PPDS 3)); the formula is used all the same"
    ]
