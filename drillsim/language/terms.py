"""The glossary: one word per thing, in English and Chinese, for code, files, app, reports and docs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from drillsim.language.term import Term
from drillsim.language.terms_of_fields import FIELDS
from drillsim.language.terms_of_values import CAPABILITIES, INCIDENT_TYPES, KINDS, ROAD_WORDS, SUPPLIES, TASKS, VALUES

__all__ = [
    "CAPABILITIES",
    "EVENTS",
    "FIELDS",
    "INCIDENT_TYPES",
    "KINDS",
    "METRICS",
    "NOUNS",
    "ROAD_WORDS",
    "SUPPLIES",
    "TASKS",
    "UNITS",
    "VALUES",
    "WHAT",
    "Term",
    "task_word",
    "what_word",
    "word",
]

METRICS: Final[dict[str, Term]] = {
    # per incident
    "discovery_s": Term("Discovery", "发现时间", "s"),
    "report_s": Term("Report", "报警时间", "s"),
    "alarm_handling_s": Term("Alarm handling", "接警调派", "s"),
    "first_arrival_s": Term("First arrival", "首个力量到场", "s"),
    "full_assignment_s": Term("Full first alarm", "首批力量到齐", "s"),
    "initiating_action_s": Term("Initiating action", "展开", "s"),
    "total_response_s": Term("Total response", "总响应时间", "s"),
    "incident_closed_s": Term("Incident closed", "处置结束", "s"),
    "unmet_needs": Term("Unmet needs", "未满足需求"),
    # per assignment (incident/slot)
    "turnout_s": Term("Turnout", "出动", "s"),
    "travel_s": Term("Travel", "行车到场", "s"),
    # per task (incident/task)
    "task_start_s": Term("Task start", "任务开始", "s"),
    "task_finish_s": Term("Task finish", "任务完成", "s"),
    # per fire in a building
    "water_on_s": Term("Water on the fire", "出水时间", "s"),
    "set_up_s": Term("Set-up to water", "到场至出水", "s"),
    "fire_met_kw": Term("Fire met", "出水时火势规模", "kW"),
    "fire_out_s": Term("Fire out", "灭火用时", "s"),
    "floors_burnt": Term("Floors burnt", "过火层数", "floor"),
    "evacuation_s": Term("Evacuation", "疏散完毕", "s"),
    "people_rescued": Term("People rescued", "获救人数", "person"),
    "people_lost": Term("People lost", "遇难人数", "person"),
    # per wave
    "assembly_s": Term("Assembly", "集结", "s"),
    "march_s": Term("March", "机动", "s"),
    "first_in_place_s": Term("First unit in place", "首支力量到位", "s"),
    "closure_s": Term("Closure", "全部到位", "s"),
    # per earthquake
    "alive_extricated": Term("Brought out alive by crews", "队伍救出生还人数", "person"),
    "freed_by_neighbours": Term("Freed by neighbours", "群众自救互救人数", "person"),
    "died_trapped": Term("Died under rubble", "压埋死亡人数", "person"),
    "still_trapped": Term("Still trapped", "仍被压埋人数", "person"),
    "alive_in_golden_time": Term("Out alive within 72 h", "黄金72小时内生还人数", "person"),
    "trapped_at_first": Term("Trapped at first", "初始压埋人数", "person"),
    "villages_cut_off": Term("Most villages cut off", "最多断路村镇数"),
    "villages_on_foot": Term("Most villages reached on foot", "最多徒步可达村镇数"),
    "villages_unreached": Term("Most villages not reached at all", "最多完全失联村镇数"),
    "people_cut_off_h": Term("Person-hours cut off", "断路影响人时", "person·h"),
    "closures_unknown_h": Term("Closures not known", "道路中断未知时长", "h"),
    # per unit
    "utilisation": Term("Utilisation", "力量占用率", "1"),
    "distance_m": Term("Distance driven", "行驶里程", "m"),
    "ran_dry_s": Term("Own supplies used up", "自我保障耗尽", "s"),
    # per hazard (hazard/state, hazard/measure)
    "people_at_end": Term("People at the end", "演练结束时人数", "person"),
    "tanks_destroyed": Term("Tanks burnt out or burst", "烧毁或爆裂储罐数", "tank"),
    "hazard_peak": Term("Worst of a hazard", "致灾指标峰值"),
}
"""Every metric, by name."""

UNITS: Final[dict[str, Term]] = {
    "person·h": Term("person-hours", "人时"),
    "h": Term("h", "小时"),
    "kW": Term("kW", "千瓦"),
}
"""What stands behind a number of a metric, by unit; times, lengths, shares and counts are said in their own way."""

NOUNS: Final[dict[str, Term]] = {
    "Scenario": Term("Scenario", "演练情景"),
    "Plan": Term("Plan", "力量部署方案"),
    "RoadNetwork": Term("Road network", "路网"),
    "RoadState": Term("Road state", "道路通行状态"),
    "Hazard": Term("Hazard", "致灾因子"),
    "Incident": Term("Incident", "灾情；作业点"),
    "Task": Term("Task", "处置任务"),
    "Unit": Term("Unit", "力量单元（编组）"),
    "Station": Term("Station", "消防救援站"),
    "StagingArea": Term("Staging area", "集结点"),
    "Wave": Term("Mobilisation wave", "增援梯队"),
    "DispatchPolicy": Term("Dispatch policy", "力量调派规则"),
    "Inject": Term("Inject", "导调文书（情况注入）"),
    "Objective": Term("Objective", "演练目标"),
    "Trace": Term("Trace", "演练过程记录"),
    "Event": Term("Event", "事件"),
    "Metric": Term("Metric", "评估指标"),
    "Outcome": Term("Outcome", "评估结果"),
    "Batch": Term("Batch", "批量推演"),
    "Comparison": Term("Comparison", "方案比较"),
    "Replication": Term("Replication", "推演次数"),
    "Force": Term("Force", "力量类别"),
    "Capability": Term("Capability", "处置能力"),
    "Need": Term("Need", "力量需求"),
    "Place": Term("Place", "地点"),
    "Section": Term("Road section", "路段"),
    "STARTEX": Term("STARTEX", "演练开始"),
    "ENDEX": Term("ENDEX", "演练结束"),
}
"""The words of the design, by class or concept."""

EVENTS: Final[dict[str, Term]] = {
    "IncidentStarted": Term("Incident started", "灾情发生"),
    "IncidentDiscovered": Term("Incident discovered", "灾情被发现"),
    "CallReceived": Term("Call received", "接到报警"),
    "InjectDelivered": Term("Inject delivered", "导调文书下达"),
    "HazardChanged": Term("Hazard changed", "灾情态势变化"),
    "HazardMeasured": Term("Hazard measured", "灾情态势数据"),
    "PeopleChanged": Term("People changed", "人员状态变化"),
    "Noted": Term("Noted", "模型提示"),
    "ZonesChanged": Term("Danger zones changed", "危险区变化"),
    "SectionChanged": Term("Road section changed", "路段通行状况变化"),
    "WeatherChanged": Term("Weather changed", "天气变化"),
    "SectionReported": Term("Road section reported", "路况上报"),
    "CallHandled": Term("Call handled", "接警完毕"),
    "NeedRaised": Term("Unit needed", "提出力量需求"),
    "NeedWithdrawn": Term("Need withdrawn", "力量需求撤销"),
    "ReconDeparted": Term("Reconnaissance departed", "侦察出发"),
    "PlaceSeen": Term("Place seen", "侦察到达地点上空"),
    "WaveOrdered": Term("Wave ordered", "梯队受领命令"),
    "WaveDeparted": Term("Column departed", "车队出发"),
    "WaveClosed": Term("Wave closed up", "梯队全部到位"),
    "UnitOnDuty": Term("Unit on duty", "力量在位执勤"),
    "UnitAssigned": Term("Unit assigned", "力量调派"),
    "UnitAlerted": Term("Unit alerted", "力量预警待命"),
    "UnitEnRoute": Term("Unit en route", "力量出动在途"),
    "UnitRerouted": Term("Unit rerouted", "力量改道"),
    "UnitHeld": Term("Unit held", "力量受阻"),
    "UnitArrived": Term("Unit arrived", "力量到场"),
    "UnitAssembled": Term("Unit assembled", "力量集结到位"),
    "UnitInPlace": Term("Unit in place", "力量到位"),
    "UnitWithdrawn": Term("Unit withdrawn", "力量紧急撤离"),
    "UnitResupplied": Term("Unit resupplied", "力量得到补给"),
    "UnitRanDry": Term("Unit out of supplies", "力量补给耗尽返回"),
    "UnitReleased": Term("Unit released", "力量撤出现场"),
    "UnitRecalled": Term("Unit recalled", "力量中途返回"),
    "UnitHome": Term("Unit home", "力量归队"),
    "UnitOutOfService": Term("Unit out of service", "力量退出执勤"),
    "UnitBackInService": Term("Unit back in service", "力量恢复执勤"),
    "TaskAdded": Term("Task added", "任务新增"),
    "TaskWithdrawn": Term("Task withdrawn", "任务取消"),
    "TaskWaiting": Term("Task waiting", "任务等待"),
    "TaskStarted": Term("Task started", "任务开始"),
    "TaskCrewChanged": Term("Task crew changed", "任务人员调整"),
    "PeopleRelieved": Term("People relieved", "人员轮换"),
    "SupplyChanged": Term("Supply changed", "物资变化"),
    "TaskFinished": Term("Task finished", "任务完成"),
    "IncidentClosed": Term("Incident closed", "处置结束"),
    "IncidentLapsed": Term("Incident lapsed", "无力量到场，灾情自行终止"),
}
"""Every event of a trace, by class name."""

WHAT: Final[dict[str, Term]] = {
    "node": Term("place", "地点"),
    "place": Term("place", "地点"),
    "section": Term("road section", "路段"),
    "incident": Term("incident", "灾情"),
    "hazard": Term("hazard", "致灾因子"),
    "unit": Term("unit", "力量单元"),
    "station": Term("station", "消防救援站"),
    "staging_area": Term("staging area", "集结点"),
    "wave": Term("wave", "梯队"),
    "building_class": Term("building class", "建筑类型"),
    "plan": Term("plan", "力量部署方案"),
    "metric": Term("metric", "评估指标"),
    "task": Term("task", "处置任务"),
    "case": Term("case", "评估对象"),
    "objective": Term("objective", "演练目标"),
    "scenario": Term("scenario", "演练情景"),
    "substance": Term("substance", "物质"),
    "tank": Term("tank", "储罐"),
    "kind_hazards": Term("kind of hazard", "致灾因子类型"),
    "kind_incidents": Term("kind of incident", "灾情类型"),
    "kind_dispatch": Term("dispatch policy", "力量调派规则"),
}
"""What a message calls the things that names stand for."""


def what_word(what: str, lang: str) -> str:
    """Return how a message in *lang* calls *what*; *what* itself if the glossary does not know it."""
    return word(WHAT, what, lang)


TASKS_AT_TANKS: Final = frozenset({"cool", "foam", "watch"})
"""Tasks whose id goes on with that of a tank."""


def task_word(task: str, lang: str) -> str:
    """Return what a task without a title is called: one that a hazard called for by the glossary, else its id.

    Examples
    --------
    >>> task_word("line-30-2", "en"), task_word("search-31", "zh"), task_word("dig", "zh")
    ('Attack line 30-2', '搜救 31', 'dig')
    >>> task_word("cool-t607", "zh"), task_word("decon-line", "en")
    ('冷却 t607', 'Decontamination set up')
    """
    stem = task if task in TASKS else re.sub(r"(-\d+)+$", "", task)
    if stem not in TASKS and task.partition("-")[0] in TASKS_AT_TANKS:
        stem = task.partition("-")[0]
    what = task[len(stem) + 1 :]
    if stem not in TASKS:
        return task
    return f"{TASKS[stem].in_(lang)} {what}" if what else TASKS[stem].in_(lang)


def word(terms: Mapping[str, Term], name: str, lang: str) -> str:
    """Return what *name* is called in *lang*; the name itself, spaced out, if the glossary does not know it.

    Plug-ins and scenarios may bring words of their own.

    Examples
    --------
    >>> word(CAPABILITIES, "usar_heavy", "zh"), word(CAPABILITIES, "cable_car_rescue", "zh")
    ('重型地震救援', 'cable car rescue')
    """
    term = terms.get(name)
    return term.in_(lang) if term is not None else name.replace("_", " ")
