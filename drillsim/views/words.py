"""Words of maps and charts, in English and Chinese."""

from __future__ import annotations

from typing import Final

from drillsim.language.terms import ROAD_WORDS

WORDS: Final[dict[str, tuple[str, str]]] = {
    **{f"class_{name}": (term.en, term.zh) for name, term in ROAD_WORDS.items()},
    "roads": ("Roads", "道路"),
    "river": ("river", "河流"),
    "rail": ("railway", "铁路"),
    "park": ("chemical park", "化工园区"),
    "hydrants": ("Hydrants", "消火栓"),
    "hospitals": ("Hospitals", "医院"),
    "cut_off": ("cut off from the largest part", "与最大部分不连通"),
    "closed": ("closed during the exercise", "演练中封闭"),
    "places": ("Places", "地名"),
    "stations": ("Stations", "消防救援站"),
    "staging": ("Staging areas", "集结点"),
    "incidents": ("Incidents", "灾情"),
    "unreached": ("not reached by ENDEX", "演练结束时无力量到场"),
    "reached": ("reached", "已有力量到场"),
    "to_incident": ("To incidents", "赶赴现场"),
    "march": ("March and assembly", "集结与机动"),
    "return": ("Return", "归队"),
    "call": ("Call", "接警"),
    "first": ("First arrival", "首个力量到场"),
    "closed_at": ("Closed", "处置结束"),
    "people": ("People", "人员"),
    "left": ("left", "出发"),
    "note": ("Not for navigation.", "不可用于导航。"),
    "straight": ("Straight lines between places; not for navigation.", "地点间以直线表示，不可用于导航。"),
    "hours": ("Hours after STARTEX", "演练开始后（小时）"),
    "hours_after_call": ("Hours after the call", "接警后（小时）"),
    "limit": ("limit", "限值"),
    "minutes": ("Minutes after the call", "接警后（分钟）"),
    "people_in_place": ("People on scene or in place", "到场（到位）人数"),
    "plan": ("Plan", "方案"),
    "difference_min": ("Difference in minutes", "差值（分钟）"),
    "difference": ("difference", "差值"),
    "less": ("less", "减少"),
    "more": ("more", "增加"),
    "earlier": ("earlier", "提前"),
    "later": ("later", "推迟"),
    "standby": ("Standing by", "待命"),
    "turnout": ("Turnout and preparation", "出动准备"),
    "driving": ("Under way", "行进"),
    "working": ("On scene", "现场作业"),
    "waiting": ("At assembly point", "集结待发"),
    "out": ("Out of service", "停用"),
    "alarm_handling": ("Alarm handling", "接警调派"),
    "travel": ("Waiting, turnout and travel", "待派、出动与行车"),
    "initiating": ("Initiating action", "展开"),
    "never": ("never", "未到"),
}


def word(key: str, lang: str) -> str:
    """Return a word in *lang*."""
    return WORDS[key][1 if lang == "zh" else 0]
