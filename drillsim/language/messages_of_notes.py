"""What a run says of its own limits, in English and Chinese, keyed by a code."""

from __future__ import annotations

from typing import Final

NOTES: Final[dict[str, tuple[str, str]]] = {
    "said": ("{en}", "{zh}"),
    "out_of_range": (
        "{quantity} {value:.6g} {unit} is outside {low:g} to {high:g} {unit} ({source});"
        " the formula is used all the same",
        "{quantity}为 {value:.6g} {unit}，超出 {low:g} 至 {high:g} {unit} 的适用范围（{source}），仍按公式计算",
    ),
    "people_caught": (
        "{people} people at work were where an explosion kills one in a hundred or more",
        "{people} 名作业人员处在爆炸致死率百分之一以上的范围内",
    ),
    "flashover_measured": (
        "flashover formulas are measured up to some {most:.0f} m² of room",
        "轰燃公式的实测范围约到房间面积 {most:.0f} 平方米",
    ),
    "climbs_measured": (
        "climbs in kit are measured up to 120 m, some {floors} floors",
        "负重登高的实测范围到120米，约 {floors} 层",
    ),
    "yu2013_large": (
        "Ms {magnitude:.1f}: Yu 2013 takes the source for a point; far too small areas from 7.5 on; take bssa14",
        "面波震级 {magnitude:.1f}：俞言祥2013按点源计算，7.5级以上影响范围明显偏小；请用 bssa14",
    ),
    "yu2013_small": (
        "Ms {magnitude:.1f} lies below the earthquakes that Yu 2013 was compared with here (5.6 to 6.2)",
        "面波震级 {magnitude:.1f}，低于俞言祥2013在此对照过的地震（5.6至6.2级）",
    ),
    "wang2000_small": (
        "Ms {magnitude:.1f}: Wang 2000 gives too small areas of VII and more below 6.3",
        "面波震级 {magnitude:.1f}：6.3级以下汪素云2000给出的Ⅶ度及以上范围偏小",
    ),
}
"""Each in English and Chinese."""

QUANTITIES_ZH: Final[dict[str, str]] = {
    "heat on the vessel": "储罐受热",
    "volume of the vessel": "储罐容积",
    "scaled distance": "比例距离",
    "hole": "泄漏孔径",
    "Britter-McQuaid parameter alpha": "Britter-McQuaid参数α",
    "dilution by a dense plume": "重气云稀释比",
    "pool diameter": "液池直径",
    "diameter of the fire": "火焰直径",
    "mass in the fireball": "火球质量",
    "exposure": "接触时间",
    "elevation": "海拔",
    "wind speed at 10 m": "10米高处风速",
    "distance downwind": "下风距离",
    "averaging time": "平均时间",
}
"""What the quantities of valid ranges are called in Chinese."""
