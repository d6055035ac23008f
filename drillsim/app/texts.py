"""What the app says, in English and Chinese."""

from __future__ import annotations

import re
from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "title": ("drillsim", "drillsim 演练推演"),
    "page_run": ("Run", "推演"),
    "page_plan": ("Plan", "力量部署"),
    "page_compare": ("Compare", "方案比较"),
    "scenario": ("Scenario", "演练情景"),
    "upload": ("Or a scenario file of your own (.yaml)", "或上传自己的情景文件（.yaml）"),
    "choose_file": ("Choose a file", "选择文件"),
    "file_limit": ("at most 2 MB", "不超过 2 MB"),
    "upload_note": (
        "Its roads must be one of the shipped networks, or written into the file.",
        "路网须为自带路网之一，或直接写在文件中。",
    ),
    "plan": ("Plan", "力量部署方案"),
    "seed": ("Seed", "随机种子"),
    "run": ("Run the exercise", "开始推演"),
    "assumptions": ("What this scenario takes for granted", "本情景的假设"),
    "notes": ("What the models say of their limits", "模型适用范围提示"),
    "no_plans": (
        "This scenario has no plan yet: write one into its file, under plans.",
        "本情景还没有方案：请在文件的 plans 下写入方案。",
    ),
    "faults": ("This cannot be used yet:", "暂时无法使用："),
    "met": ("met", "达到"),
    "not_met": ("not met", "未达到"),
    "share_of": (
        "{share} of {cases} case(s) within {limit}; wanted: {wanted}",
        "{cases} 例中 {share} 在{limit}内（要求 {wanted}）",
    ),
    "share_at_most": (
        "{share} of {cases} case(s) at most {limit}; wanted: {wanted}",
        "{cases} 例中 {share} 不超过 {limit}（要求 {wanted}）",
    ),
    "waves": ("Waves", "梯队"),
    "wave": ("Wave", "梯队"),
    "ordered": ("Ordered", "下令"),
    "departed": ("Left", "开进"),
    "first_in_place": ("First in place", "首支到位"),
    "closure": ("All in place", "全部到位"),
    "never": ("not by ENDEX", "演练结束时未完成"),
    "incidents": ("Incidents", "灾情"),
    "incident": ("Incident", "灾情"),
    "place": ("Place", "地点"),
    "call": ("Call", "接警"),
    "first_arrival": ("First arrival", "首个力量到场"),
    "full_assignment": ("First alarm complete", "首批力量到齐"),
    "begun": ("Work begun", "展开"),
    "closed": ("Closed", "处置结束"),
    "unmet": ("Unmet needs", "未满足需求"),
    "map": ("Map", "地图"),
    "timeline": ("What every unit did", "各力量行动时间轴"),
    "intervals": ("Intervals per incident", "各灾情响应时间"),
    "arrivals": ("People arrived, by first arrival", "到场人数（按首次到场累计）"),
    "trace": ("Trace (.jsonl)", "演练过程记录（.jsonl）"),
    "map_file": ("Map (.html)", "地图（.html）"),
    "digest": ("Fingerprint of this run: {digest}", "本次推演指纹：{digest}"),
    "one_run_each": ("One run of each, with the same luck", "相同随机条件下各推演一次"),
    "press_run": ("Choose a plan and run the exercise.", "请选择方案并开始推演。"),
    "edit_note": (
        "Change what stands where: add lines at the foot of a table, or mark lines and delete them. A new station "
        "comes first, then its units. A unit needs a short name and a station, a station a short name and a place; "
        "blank lines do not count. Short names: lower-case letters, digits, hyphens.",
        "直接修改表格：表尾可增加行，选中行可删除。新设的站先写入站表，再添加力量。每个单元须有代号和所属站，每个站须有代号和地点；空行不计。"
        "代号只用小写字母、数字和连字符。",
    ),
    "edit_base": ("Start from", "以此方案为基础"),
    "edit_id": ("Name of the new plan", "新方案代号"),
    "edit_title": ("Title", "名称"),
    "stations": ("Stations: where they stand", "各站位置"),
    "units": ("Units per station", "各站力量"),
    "station": ("Station", "站"),
    "station_id": ("Short name of the station", "站代号"),
    "force": ("Kind of force", "力量类别"),
    "unit": ("Unit", "单元代号"),
    "unit_title": ("Name", "名称"),
    "count": ("Number", "数量"),
    "crew": ("On duty", "在岗人数"),
    "establishment": ("Establishment", "编制人数"),
    "vehicles": ("Vehicles", "车辆"),
    "capabilities": ("Capabilities", "能力"),
    "save": ("Save as a plan", "保存为方案"),
    "undo_edits": ("Undo all edits of the tables", "撤销对表格的全部修改"),
    "unfinished": (
        "Nothing is saved until these lines are complete or emptied:",
        "以下各行填齐或清空后才能保存：",
    ),
    "unit_without_name": ("line {line} of the units has no short name", "力量表第{line}行未填单元代号"),
    "unit_without_station": ("line {line} of the units has no station", "力量表第{line}行未选所属站"),
    "station_without_name": ("line {line} of the stations has no short name", "站表第{line}行未填站代号"),
    "station_without_place": ("line {line} of the stations has no place", "站表第{line}行未选地点"),
    "saved": ("Saved. It can be run and compared now.", "已保存，可用于推演和比较。"),
    "summary": (
        "{units} units, {crew} people on duty of {establishment}",
        "共 {units} 个单元，在岗 {crew} 人（编制 {establishment} 人）",
    ),
    "plan_file": ("Plan (.yaml)", "方案文件（.yaml）"),
    "delete_plan": ("Delete this saved plan", "删除此已保存方案"),
    "shipped_id": (
        "The name '{id}' belongs to a plan of the scenario; choose another.",
        "代号“{id}”是情景自带方案，请另取代号。",
    ),
    "saved_id": (
        "The name '{id}' belongs to another saved plan; start from that one to change it, or choose another name.",
        "代号“{id}”已用于另一个已保存方案；请以该方案为基础修改，或另取代号。",
    ),
    "others_misfit": (
        "Based on this plan, {plans} would be incomplete after the change. Save it under another name.",
        "改动后，以此为基础的方案将不完整：{plans}。请另取代号保存。",
    ),
    "others_based": ("Others are based on this plan: {plans}", "以下方案以此为基础，不能删除：{plans}"),
    "broken_plan": (
        "A saved plan does not fit this scenario and is left out: {file}",
        "一个已保存的方案与本情景不符，未载入：{file}",
    ),
    "reference": ("Reference plan", "基准方案"),
    "others": ("Plans to compare with it", "对比方案"),
    "replications": ("Replications", "推演次数"),
    "compare": ("Compare", "开始比较"),
    "stop": ("Stop", "停止"),
    "progress": ("{done} of {total} runs", "已完成 {done} / {total} 次"),
    "stopped": (
        "Stopped after {done} of {total} runs; nothing is kept.",
        "已停止：完成 {done} / {total} 次，结果未保留。",
    ),
    "process_lost": (
        "A process that shared the work has ended, perhaps because memory has run out. Compare again, with fewer "
        "replications if need be.",
        "分担计算的一个进程意外结束，可能是内存不足。请重新比较，必要时减少推演次数。",
    ),
    "verdict": ("What can be said", "结论"),
    "differences": ("Differences with intervals", "差值与置信区间"),
    "metric": ("Metric", "指标"),
    "case": ("Case", "对象"),
    "mean_a": ("Mean, reference", "均值（基准）"),
    "mean_b": ("Mean, other", "均值（对比）"),
    "difference": ("Difference", "差值"),
    "interval": ("95 % interval", "95%置信区间"),
    "unreached": ("Not by ENDEX (ref. / other)", "未完成（基准/对比）"),
    "table": ("All numbers", "全部数据"),
    "table_file": ("Table (.csv)", "数据表（.csv）"),
    "choose_two": ("Choose at least one plan to compare with the reference.", "请至少选择一个对比方案。"),
    "how_sure": (
        "Both plans meet the same luck in every replication, so the difference is that of the plans. "
        "The interval holds the true mean difference in 95 of 100 such comparisons.",
        "每次推演中各方案面对相同的随机情况，差值即方案之差。100次这样的比较中约有95次区间包含真实平均差值。",
    ),
    "all_cases": ("All cases", "全部"),
    "what_is_compared": ("Compare by", "比较指标"),
}


MARKS: Final = re.compile(r"[\\`*_\[\]#~$<>|&]")
"""What means something in Markdown as the app writes it."""


def plain(title: str) -> str:
    """Return a title as Markdown that shows it as it stands, with its asterisks and brackets."""
    return MARKS.sub(r"\\\g<0>", title)


def text(key: str, lang: str, **values: object) -> str:
    """Return a text in *lang* with *values* filled in."""
    return TEXTS[key][1 if lang == "zh" else 0].format(**values)
