"""What is said about faults of chemical accidents, in English and Chinese, keyed by a code."""

from __future__ import annotations

from typing import Final

CHEMISTRY: Final[dict[str, tuple[str, str]]] = {
    "not_toxic": (
        "no toxic limits are known of '{substance}'; write one of: {known}",
        "物质“{substance}”没有毒性限值；可选：{known}",
    ),
    "not_flammable": (
        "'{substance}' does not burn; write one of: {known}",
        "物质“{substance}”不可燃；可选：{known}",
    ),
    "gas_without_pressure": (
        "gas leaves only under pressure, and this substance is liquid at that temperature; give overpressure_kpa",
        "该温度下物质为液态，气相泄漏须有压力；请写 overpressure_kpa",
    ),
    "neither_cloud_nor_fire": (
        "nothing happens; give cloud (a toxic leak), gas (a flammable one) or fire (tanks)",
        "没有任何事故；请写 cloud（有毒泄漏）、gas（可燃泄漏）或 fire（储罐火灾）",
    ),
    "wind_too_weak": (
        "wind of {wind} m/s gives '{id}' no direction; write at least {least} m/s, or give it a drainage flow",
        "风速 {wind} 米/秒，“{id}”的气云没有方向；至少写 {least} 米/秒，或设定山谷泄流（drainage）",
    ),
    "wind_too_strong": (
        "wind of {wind} m/s is beyond what plumes of '{id}' were ever measured in; write at most {most} m/s",
        "风速 {wind} 米/秒，超出“{id}”气云模型的实测范围；最多写 {most} 米/秒",
    ),
}
"""Each in English and Chinese."""
