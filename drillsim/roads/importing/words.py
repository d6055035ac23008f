"""What the report of an import says, in English and Chinese."""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, tuple[str, str]]] = {
    "on_foot": ("footways, cycleways, paths, steps", "步行道、自行车道、小径、台阶"),
    "not_built": ("planned, under construction or given up", "规划、在建或已废弃"),
    "not_a_road": ("no roads for vehicles (platforms, guideways, …)", "非车行道路（站台、导轨等）"),
    "area": ("areas", "面状要素"),
    "impassable": ("impassable", "不可通行"),
    "deleted": ("deleted in the editor that wrote the file", "在写出文件的编辑器中已删除"),
    "no_access": ("closed to everybody", "禁止一切通行"),
    "foot_ferry": ("ferries that take no vehicles", "不载车的轮渡"),
    "loop_without_course": ("roads from a place to itself without a course", "起止同点且无走向的道路"),
    "no_course": ("lines that cannot be read, or of another kind", "无法读取或类型不符的线"),
    "twin": ("written down twice", "重复记录"),
    "end_unknown": ("roads whose ends are not in the file", "端点不在文件中的道路"),
    "kept_elsewhere": ("nodes to be kept outside the largest part", "最大连通部分以外的应保留节点"),
    "other_parts": ("sections outside the largest part", "最大连通部分以外的路段"),
}
GUESSES: Final[dict[str, tuple[str, str]]] = {
    "maxspeed_missing": ("no speed limit: speed from the profile", "无限速：按道路类型取值"),
    "maxspeed_unreadable": ("speed limit unreadable", "限速无法识别"),
    "lanes_unreadable": ("number of lanes unreadable", "车道数无法识别"),
    "maxheight_unreadable": ("height limit unreadable: none taken", "限高无法识别：按无限高"),
    "maxweight_unreadable": ("weight limit unreadable: none taken", "限重无法识别：按无限重"),
    "surface_missing": ("track without a surface: by its grade, else unpaved", "土路未注路面：按等级，否则按土路面"),
    "surface_unreadable": ("surface unknown: taken as paved", "路面类型未知：按铺装路面"),
    "duration_unreadable": ("duration of a ferry unreadable", "轮渡时长无法识别"),
    "ferry_vehicles": (
        "ferries of which nobody says whether they take vehicles: taken to",
        "轮渡未注明是否载车：按载车",
    ),
    "height_bar": ("bars above the road without a height: 2.5 m", "限高杆未注高度：按 2.5 m"),
    "ferry_speed": ("ferries without a timetable: 15 km/h", "轮渡无时刻：按 15 km/h"),
    "highway_missing": ("kind of road missing: unclassified", "道路类型缺失：按未分级道路"),
    "length_missing": ("length missing: measured along the course", "长度缺失：沿走向量算"),
    "length_unreadable": ("length negative or unreadable: measured along the course", "长度为负或无法识别：沿走向量算"),
    "oneway_unreadable": ("direction unreadable: taken to be driven both ways", "单行标注无法识别：按双向通行"),
    "height_unreadable": ("heights that can be none: left out", "无效的高程：不采用"),
    "length_too_long": ("length beyond all measure: measured", "长度远超可能：重新量算"),
    "length_too_short": ("length less than the straight line: measured", "长度小于直线距离：重新量算"),
}
WARNINGS: Final[dict[str, tuple[str, str]]] = {
    "no_speed": (
        "No road in the source has a speed limit; all speeds are those of the profile.",
        "来源中没有任何限速；全部车速按道路类型取值。",
    ),
    "no_oneway": (
        "The source does not say which roads are one-way; all are taken to be driven both ways.",
        "来源未注明单行道；全部按双向通行处理。",
    ),
    "no_highway": (
        "The source does not say what kind of road each is; all are taken as unclassified.",
        "来源未注明道路类型；全部按未分级道路处理。",
    ),
    "level": (
        "No heights are known; the ground is taken as level and grades slow nobody.",
        "没有高程数据；按平地处理，坡度不影响车速。",
    ),
    "heights_few": (
        "Heights are known for fewer than half of the road nodes, so none are used; give a file of heights.",
        "已知高程的道路节点不足一半，因此全部不用；请提供高程文件。",
    ),
    "heights_elsewhere": (
        "The file of heights knows none of the places; check whether it covers this region.",
        "高程文件不含任何地点的高程；请检查其范围是否为本地区。",
    ),
    "heights_filled": (
        "Places without a height take that of the nearest place that has one.",
        "缺少高程的地点取最近已知地点的高程。",
    ),
    "slowest_mode": (
        "The tables tell travel times for several ways of driving; the slowest is taken, as that of ordinary traffic."
        " Lights and siren are a matter of the plan (siren_factor).",
        "数据表给出多种行驶方式的用时；取最慢者作为普通车流。警灯警报的影响由方案给出（siren_factor）。",
    ),
    "restrictions": (
        "Bans on turns are not applied: a fire vehicle on its way to a call may turn there.",
        "未采用转向限制：执行任务的消防车可不受其限制。",
    ),
    "many_parts": (
        "More than a tenth of the places are cut off; check whether roads are missing.",
        "超过十分之一的地点与主路网不连通；请检查道路是否缺失。",
    ),
}
LINES: Final[dict[str, tuple[str, str]]] = {
    "head": ("Roads from {source} ({format}, profile {profile})", "路网来源：{source}（{format}，车速类型 {profile}）"),
    "licence": ("Licence: {licence}", "许可：{licence}"),
    "no_licence": ("Licence: not stated in the source; ask whoever made it", "许可：来源未注明，请询问制作者"),
    "read": (
        "Read: {ways} ways, {nodes} road nodes, {arcs} directed links between them",
        "读入：{ways} 条道路，{nodes} 个道路节点，{arcs} 条有向连线",
    ),
    "kept": ("Network: {places} junctions, {sections} sections", "路网：{places} 个路口，{sections} 条路段"),
    "merged": (
        "Merged: {merged} nodes at which no roads meet, into the courses of sections; --keep keeps those that you name",
        "合并：{merged} 个非路口节点并入路段走向；可用 --keep 保留指定节点",
    ),
    "box": (
        "Extent: {south:.4f} to {north:.4f} N, {west:.4f} to {east:.4f} E",
        "范围：北纬 {south:.4f} 至 {north:.4f}，东经 {west:.4f} 至 {east:.4f}",
    ),
    "km": ("Length by class: {km}", "各级道路长度：{km}"),
    "dropped": ("Dropped: {items}", "舍去：{items}"),
    "guessed": ("Guessed: {items}", "推定：{items}"),
    "clipped": (
        "Clipped: {clipped} references to nodes outside the file; these roads end at the edge",
        "截断：{clipped} 处引用的节点不在文件内，相应道路止于边界",
    ),
    "blocked": (
        "Blocked: {blocked} roads are cut in two by bollards, blocks and the like; gates are taken to be opened",
        "阻断：{blocked} 处道路被固定路桩、石墩等隔断；大门视为可打开",
    ),
    "heights": ("Heights: known for {known} of {places} junctions", "高程：{places} 个路口中 {known} 个已知"),
    "whole": (
        "Every junction can be reached from every other",
        "任意两个路口之间都可通达",
    ),
    "parts": (
        "Cut off: {places} junctions in {parts} part(s); the largest: {items}",
        "不连通：{parts} 个部分，共 {places} 个路口；较大者：{items}",
    ),
    "winding": (
        "{n} road(s) longer than 20 km and than 20 times the straight line; metres in a column of kilometres? {named}",
        "{n} 条道路长度超过 20 km 且为直线距离的 20 倍以上；是否把米写进了公里列？{named}",
    ),
    "part": ("{places} at {place} ({lat:.4f}, {lon:.4f})", "{places} 个，位于 {place}（{lat:.4f}, {lon:.4f}）"),
    "warning": ("Note: {text}", "注意：{text}"),
    "item": ("{name} {count}", "{name} {count}"),
}


def say(words: dict[str, tuple[str, str]], code: str, lang: str, **values: object) -> str:
    """Return a text of one of these tables."""
    return words[code][lang == "zh"].format(**values)
