"""Names of the fictional city: its streets, the crossings they make, its villages. All are made up, none is a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
SYLLABLES: Final = (
    ("安", "An"), ("宁", "Ning"), ("和", "He"), ("康", "Kang"), ("文", "Wen"), ("昌", "Chang"), ("兴", "Xing"),
    ("德", "De"), ("永", "Yong"), ("新", "Xin"), ("金", "Jin"), ("玉", "Yu"), ("青", "Qing"), ("云", "Yun"),
    ("祥", "Xiang"), ("瑞", "Rui"), ("胜", "Sheng"), ("光", "Guang"), ("明", "Ming"), ("春", "Chun"), ("华", "Hua"),
    ("启", "Qi"), ("丰", "Feng"), ("泰", "Tai"), ("嘉", "Jia"), ("福", "Fu"), ("平", "Ping"), ("远", "Yuan"),
)  # fmt: skip
"""Of which names are made, two and two."""
NUMERALS: Final = ("", "二", "三", "四", "五", "六", "七", "八", "九", "十")
"""Of streets that share a name, the second and so on."""
ARMS: Final = (("东", "East"), ("西", "West"), ("北", "North"), ("南", "South"))
"""What is put before the streets along the river, which run out of the centre in every direction."""
KINDS: Final = {  # along the valley, across it
    "trunk": (("大道", "Avenue"), ("大道", "Avenue")), "primary": (("大道", "Avenue"), ("大街", "Street")),
    "secondary": (("路", "Road"), ("大街", "Street")), "tertiary": (("路", "Road"), ("街", "Street")),
}  # fmt: skip
SMALL: Final = (("巷", "Lane"), ("里", "Alley"))
BANKS: Final = {0: ("滨河左路", "Left Bank Road"), -1: ("滨河右路", "Right Bank Road")}
"""Streets along the river, by their number."""
RING: Final = ("环城路", "Ring Road")
EXPRESSWAY: Final = ("河谷高速", "Valley Expressway")
RAMP: Final = ("高速连接线", "Expressway Link")
ARM_BRIDGE: Final = ("河口桥", "Rivermouth Bridge")
TO_VILLAGE: Final = ("乡道", "Village Track")
SQUARE: Final = ("中心广场", "Central Square")
OTHER: Final = -1_000_000
"""Number of a section that belongs to no street."""


@dataclass(frozen=True, slots=True)
class Names:
    """One name per row in both languages; empty for none."""

    zh: list[str]
    en: list[str]


def street_names(sections: dict[str, Any], arm: Ints, ring: int, seed: int) -> Names:
    """Return the name of the street that each section belongs to.

    Parameters
    ----------
    sections
        Columns with ``tail``, ``street``, ``along``, ``road_class``: number of a street, and whether it runs along the
        valley.
    arm
        (n_places,) arm of the valley.
    ring
        Number of the street across that is the ring road.
    """
    order = _order(seed)
    keys = zip(
        arm[sections["tail"]].tolist(), sections["along"].tolist(), sections["street"].tolist(),
        sections["road_class"].tolist(), strict=True,
    )  # fmt: skip
    known: dict[Any, tuple[str, str]] = {}
    found = []
    for key in keys:
        if key not in known:
            known[key] = _street(*key, ring=ring, order=order)
        found.append(known[key])
    return Names([zh for zh, _ in found], [en for _, en in found])


def village_name(number: int, seed: int) -> tuple[str, str]:
    """Return the name of a village in Chinese and English.

    Examples
    --------
    >>> village_name(0, 1) == village_name(0, 1) != village_name(1, 1)
    True
    """
    zh, en = _name(_order(seed), len(SYLLABLES) * (len(SYLLABLES) - 1) - 1 - number)
    return f"{zh}村", f"{en} Village"


def _street(arm: int, along: bool, number: int, road_class: str, *, ring: int, order: Ints) -> tuple[str, str]:
    if number == OTHER:
        return {"motorway": EXPRESSWAY, "track": TO_VILLAGE, "unclassified": TO_VILLAGE, "trunk": RAMP}.get(
            road_class, ARM_BRIDGE
        )
    if not along and number == ring:
        return RING
    before = ARMS[arm] if along else ("", "")
    if along and number in BANKS:
        zh, en = BANKS[number]
        return f"{before[0]}{zh}", f"{before[1]} {en}"
    kind = KINDS.get(road_class, SMALL)
    serial = 2 * (4 * abs(number) + arm) + (number < 0) if along else 4 * number + arm
    zh, en = _name(order, 2 * serial + along)
    suffix_zh, suffix_en = kind[not along]
    return f"{zh}{suffix_zh}", f"{en} {suffix_en}"


def _order(seed: int) -> Ints:
    return np.random.default_rng([seed, 11]).permutation(len(SYLLABLES) * (len(SYLLABLES) - 1))


def _name(order: Ints, number: int) -> tuple[str, str]:
    """Return one of the pairs of syllables; with a numeral when all have been given."""
    again, place = divmod(number, len(order))
    first, second = divmod(int(order[place]), len(SYLLABLES) - 1)
    second += second >= first  # never the same one twice
    (zh1, en1), (zh2, en2) = SYLLABLES[first], SYLLABLES[second]
    name = f"{en1}{_joined(en2)}"
    return (
        f"{zh1}{zh2}{NUMERALS[again % len(NUMERALS)]}",
        name if again == 0 else f"{name} No. {again + 1}",
    )


def _joined(syllable: str) -> str:
    """Return a second syllable; one that begins with a vowel is set off, as pinyin does.

    Examples
    --------
    >>> _joined("Kang"), _joined("An")
    ('kang', "'an")
    """
    return f"'{syllable.lower()}" if syllable[0] in "AEO" else syllable.lower()
