"""The glossary: one word per thing, in English and Chinese, for code, files, app, reports and docs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Term:
    """One thing and what it is called."""

    en: str
    zh: str
    unit: str = ""
    """Unit of a metric: ``s``, ``m``, ``1`` (a share) or empty (a count)."""

    def in_(self, lang: str) -> str:
        """Return the word in *lang*."""
        return self.zh if lang == "zh" else self.en


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
    # per wave
    "assembly_s": Term("Assembly", "集结", "s"),
    "march_s": Term("March", "机动", "s"),
    "first_in_place_s": Term("First unit in place", "首支力量到位", "s"),
    "closure_s": Term("Closure", "全部到位", "s"),
    # per unit
    "utilisation": Term("Utilisation", "力量占用率", "1"),
    "distance_m": Term("Distance driven", "行驶里程", "m"),
}
"""Every metric, by name."""
