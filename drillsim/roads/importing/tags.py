"""Values of tags as people write them, read as numbers; what cannot be read is None."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Final

MPH_KMH: Final = 1.609344
KNOT_KMH: Final = 1.852
FOOT_M: Final = 0.3048
INCH_M: Final = 0.0254
SPEED_UNITS: Final = {
    "": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "kmph": 1.0, "km": 1.0, "公里": 1.0, "公里/小时": 1.0,
    "千米/小时": 1.0, "公里/时": 1.0, "千米/时": 1.0, "千米": 1.0, "km/小时": 1.0, "km/时": 1.0,
    "mph": MPH_KMH, "mi/h": MPH_KMH, "knots": KNOT_KMH, "knot": KNOT_KMH,
    "kn": KNOT_KMH, "kt": KNOT_KMH,
}  # fmt: skip
LENGTH_UNITS: Final = {
    "": 1.0, "m": 1.0, "metres": 1.0, "meters": 1.0, "metre": 1.0, "meter": 1.0, "米": 1.0,
    "km": 1000.0, "cm": 0.01, "ft": FOOT_M, "feet": FOOT_M,
    "foot": FOOT_M, "'": FOOT_M, "in": INCH_M, '"': INCH_M, "mi": 1609.344,
}  # fmt: skip
WEIGHT_UNITS: Final = {
    "": 1.0, "t": 1.0, "tonnes": 1.0, "tonne": 1.0, "ton": 1.0, "tons": 1.0, "mt": 1.0, "吨": 1.0, "kg": 0.001,
    "公斤": 0.001, "st": 0.90718474, "short tons": 0.90718474, "lt": 1.0160469088,
    "lbs": 0.00045359237, "lb": 0.00045359237,
}  # fmt: skip
"""Short tons (st) and pounds as OpenStreetMap defines them. [t]"""
WALK_KMH: Final = 6.0
"""Walking pace (assumption; courts say 4 to 7 km/h)."""
ZONES_KMH: Final = {
    "urban": 50.0, "rural": 80.0, "trunk": 100.0, "motorway": 120.0, "living_street": 20.0, "school": 30.0,
    "bicycle_road": 30.0, "pedestrian_zone": WALK_KMH, "walk": WALK_KMH,
    "cn:rural": 70.0,  # one lane per direction: implementing regulation of the road traffic safety law, article 45
    "de:rural": 100.0, "de:motorway": math.inf, "de:living_street": WALK_KMH, "at:rural": 100.0, "at:motorway": 130.0,
    "fr:motorway": 130.0, "it:rural": 90.0, "it:motorway": 130.0, "es:rural": 90.0, "ru:urban": 60.0,
    "pl:rural": 90.0, "pt:rural": 90.0, "gr:rural": 90.0, "hu:rural": 90.0, "cz:rural": 90.0, "sk:rural": 90.0,
    "ro:rural": 90.0, "bg:rural": 90.0, "hr:rural": 90.0, "si:rural": 90.0, "lt:rural": 90.0, "lv:rural": 90.0,
    "ee:rural": 90.0, "tr:rural": 90.0, "be:rural": 90.0, "be-vlg:rural": 70.0, "se:rural": 70.0, "au:rural": 100.0,
    "nz:rural": 100.0, "za:rural": 100.0, "za:urban": 60.0, "kz:urban": 60.0, "kz:rural": 100.0, "cl:rural": 100.0,
    "ru:rural": 90.0, "ru:motorway": 110.0, "ua:rural": 90.0, "by:urban": 60.0, "br:urban": 60.0, "jp:rural": 60.0,
    "jp:urban": 60.0,
    "gb:urban": 30 * MPH_KMH, "gb:rural": 60 * MPH_KMH, "gb:nsl_restricted": 30 * MPH_KMH,
    "gb:nsl_single": 60 * MPH_KMH, "gb:nsl_dual": 70 * MPH_KMH, "gb:motorway": 70 * MPH_KMH,
}  # fmt: skip
"""Limits that a zone stands for; by country where it differs (national traffic codes as OpenStreetMap lists them)."""
UNSPECIFIED: Final = frozenset({
    "default", "none", "no", "unsigned", "no_sign", "no_indications", "below_default", "unlimited", "implicit", "yes",
    "unknown", "signals", "variable", "sign",
})  # fmt: skip
"""Values of a limit which say that there is none; not unreadable."""
PAVED: Final = frozenset({
    "paved", "asphalt", "concrete", "concrete:plates", "concrete:lanes", "paving_stones", "paving_stones:lanes",
    "sett", "cobblestone", "cobblestone:flattened", "unhewn_cobblestone", "bricks", "brick", "metal", "metal_grid",
    "wood", "chipseal", "rubber", "grass_paver", "interlock", "tiles", "tarmac", "bitumen", "cement", "granite",
    "macadam",
})  # fmt: skip
GRAVEL: Final = frozenset({"gravel", "fine_gravel", "compacted", "pebblestone", "shells", "crushed_limestone"})
UNPAVED: Final = frozenset({
    "unpaved", "ground", "dirt", "earth", "soil", "sand", "mud", "grass", "ice", "snow", "clay", "rock", "stone",
    "stepping_stones", "woodchips", "salt", "laterite", "desert",
})  # fmt: skip
TWO_SPEEDS: Final = re.compile(r"(?<=\d)\s*[,/]\s*(?=\d{2})")
"""A comma or slash between two speeds; one digit after a comma is a decimal."""
THOUSANDS: Final = re.compile(r"(?<![\d.,])(\d{1,3})[, ](\d{3})(?![\d.,])")
"""A comma or blank before three digits parts thousands, where no value has three decimals."""
PRIMES: Final = str.maketrans({"′": "'", "’": "'", "″": '"', "”": '"', "“": '"'})
"""Other signs that stand for feet and inches."""
NUMBER: Final = r"(\d+(?:[.,]\d+)?)"
MOST_KMH: Final = 200.0
"""Limits above this are slips of the pen (assumption)."""
MOST_LANES: Final = 20
CLOCK_PARTS: Final = (2, 3)


def speed_kmh(text: str) -> float | None:
    """Return a speed limit; infinite where it is lifted, the lowest of several. [km/h]

    Examples
    --------
    >>> speed_kmh("50"), speed_kmh("50 km/h"), speed_kmh("50;30"), speed_kmh("CN:urban"), speed_kmh("DE:rural")
    (50.0, 50.0, 30.0, 50.0, 100.0)
    >>> round(speed_kmh("30 mph"), 1), speed_kmh("10 knots"), speed_kmh("walk"), speed_kmh("DE:zone:30")
    (48.3, 18.52, 6.0, 30.0)
    >>> round(speed_kmh("UK:nsl_single"), 1), speed_kmh("AR:urban:primary"), speed_kmh("60公里/小时")
    (96.6, 50.0, 60.0)
    >>> speed_kmh("50,30"), speed_kmh("60/40 km/h"), speed_kmh("62,5")
    (30.0, 40.0, 62.5)
    >>> round(speed_kmh("60/40 mph"), 1), round(speed_kmh("30,25 mph"), 1), round(speed_kmh("60;none;40mph"), 1)
    (64.4, 40.2, 64.4)
    >>> speed_kmh("none"), speed_kmh("signals"), speed_kmh("fast"), speed_kmh("0")
    (inf, None, None, None)
    """
    parts = re.split("[;|]", TWO_SPEEDS.sub(";", text.lower()))
    last = re.fullmatch(NUMBER + r"\s*(\D+)", parts[-1].strip())
    unit = last[2] if last else ""  # it holds for those before it that have none: 60/40 mph
    return _lowest(";".join(f"{one} {unit}" if re.fullmatch(NUMBER, one.strip()) else one for one in parts), _one_speed)


def _one_speed(text: str) -> float | None:
    if text == "none":
        return math.inf
    zone = re.fullmatch(r"(?:[a-z]{2}(?:-[a-z]+)?:)(?:zone:?)?(\d+)|zone:?(\d+)", text)
    if zone:
        return float(zone[1] or zone[2])
    if text in ZONES_KMH:
        return ZONES_KMH[text]
    country, _, kind = text.partition(":")
    if kind:
        country, kind = ("gb" if country == "uk" else country[:2]), kind.partition(":")[0]  # some add the class of road
        return ZONES_KMH.get(f"{country}:{kind}", ZONES_KMH.get(kind))
    return _number(text, SPEED_UNITS, least=1.0, most=MOST_KMH)


def metres(text: str) -> float | None:
    r"""Return a length, the lowest of several. [m]

    Examples
    --------
    >>> metres("3.5"), metres("3,5 m"), metres("350 cm"), metres("4;3.8")
    (3.5, 3.5, 3.5, 3.8)
    >>> round(metres("11'6\""), 3), round(metres("11′6″"), 3), round(metres("11 ft"), 3), metres("2.2米")
    (3.505, 3.505, 3.353, 2.2)
    >>> round(metres("14'-6\""), 3)
    4.42
    >>> metres("default"), metres("high")
    (None, None)
    """
    return _lowest(text, _one_length)


def _one_length(text: str) -> float | None:
    text = text.translate(PRIMES)
    feet = re.fullmatch(NUMBER + r"\s*(?:'|ft|feet)[\s-]*" + NUMBER + r"\s*(?:\"|''|in|inch|inches)?", text)
    if feet:
        return float(feet[1].replace(",", ".")) * FOOT_M + float(feet[2].replace(",", ".")) * INCH_M
    return _number(text, LENGTH_UNITS)


def tonnes(text: str) -> float | None:
    """Return a weight, the lowest of several. [t]

    Examples
    --------
    >>> tonnes("7.5"), tonnes("7,5t"), tonnes("3500 kg"), tonnes("none")
    (7.5, 7.5, 3.5, None)
    >>> tonnes("3,500 kg"), round(tonnes("16,000 lbs"), 2)
    (3.5, 7.26)
    >>> round(tonnes("10 st"), 2), round(tonnes("8000 lbs"), 2)
    (9.07, 3.63)
    """
    return _lowest(text, lambda one: _number(THOUSANDS.sub(r"\1\2", one), WEIGHT_UNITS))


def elevation_m(text: str) -> float | None:
    """Return a height above sea level. [m]

    Examples
    --------
    >>> elevation_m("2261"), elevation_m("-12.5 m"), round(elevation_m("7415 ft")), elevation_m("hill")
    (2261.0, -12.5, 2260, None)
    >>> elevation_m("2,261"), elevation_m("2 261 m")
    (2261.0, 2261.0)
    """
    text = THOUSANDS.sub(r"\1\2", text.strip())
    height = metres(text.removeprefix("-"))
    if height is None or height > 9000:  # noqa: PLR2004  # higher than any mountain
        return None
    return -height if text.startswith("-") else height


def lane_count(text: str) -> int | None:
    """Return a number of lanes, the lowest of several.

    Examples
    --------
    >>> lane_count("2"), lane_count("3;2"), lane_count("1.5"), lane_count("many")
    (2, 2, 1, None)
    """
    count = _lowest(text, lambda one: _number(one, {"": 1.0}, least=1.0, most=MOST_LANES))
    return None if count is None else int(count)


def surface_kind(text: str) -> str | None:
    """Return ``paved``, ``gravel`` or ``unpaved``, the worst of several.

    Examples
    --------
    >>> surface_kind("asphalt"), surface_kind("asphalt;gravel"), surface_kind("dirt/sand"), surface_kind("lava")
    ('paved', 'gravel', 'unpaved', None)
    """
    words = {word.strip().partition(":")[0] for word in re.split("[;,/]", text.lower())}
    for kind, known in (("unpaved", UNPAVED), ("gravel", GRAVEL), ("paved", PAVED)):
        if words & known:
            return kind
    return None


def duration_s(text: str) -> float | None:
    """Return a duration; a bare number is minutes. [s]

    Examples
    --------
    >>> duration_s("00:20"), duration_s("PT20M"), duration_s("20"), duration_s("01:30:00"), duration_s("PT1H5M")
    (1200.0, 1200.0, 1200.0, 5400.0, 3900.0)
    >>> duration_s("20 min"), duration_s("soon"), duration_s("0")
    (1200.0, None, None)
    """
    text = text.strip().lower()
    iso = re.fullmatch(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?)?", text)
    if iso:
        days, hours, minutes, seconds = (float(part or 0) for part in iso.groups())
        return _positive(86400 * days + 3600 * hours + 60 * minutes + seconds)
    parts = text.split(":")
    if len(parts) in CLOCK_PARTS and all(part.isdecimal() for part in parts):
        hours, minutes, seconds = (float(part) for part in [*parts, "0"][:3])
        return _positive(3600 * hours + 60 * minutes + seconds)
    duration_min = _number(
        text, {"": 1.0, "min": 1.0, "mins": 1.0, "minutes": 1.0, "分钟": 1.0, "h": 60.0, "hour": 60.0, "hours": 60.0}
    )
    return _positive(60.0 * duration_min) if duration_min is not None else None


def _positive(seconds: float) -> float | None:
    return seconds if seconds > 0 else None


def _lowest(text: str, read: Callable[[str], float | None]) -> float | None:
    values = [read(one.strip()) for one in re.split(r"[;|]", text.lower())]
    return min((value for value in values if value is not None), default=None)


def _number(text: str, units: dict[str, float], *, least: float = 0.0, most: float = math.inf) -> float | None:
    found = re.fullmatch(NUMBER + r"\s*([^\d]*)", text)
    if not found or found[2].strip() not in units:
        return None
    value = float(found[1].replace(",", ".")) * units[found[2].strip()]
    return value if least <= value <= most else None
