"""The glossary of the fields of an earthquake, of its hazards, of teams and of reconnaissance."""

from __future__ import annotations

from typing import Final

from drillsim.language.term import Term

EARTHQUAKE_FIELDS: Final[dict[str, Term]] = {
    # the earthquake
    "magnitude": Term("Magnitude", "震级"),
    "depth_km": Term("Depth", "震源深度"),
    "strike_deg": Term("Strike", "长轴走向"),
    "attenuation": Term("Attenuation law", "衰减关系"),
    "mechanism": Term("Mechanism", "震源机制"),
    "vs30_ms": Term("Shear-wave velocity, 30 m", "30米等效剪切波速"),
    "site_factor": Term("Site factor", "场地放大系数"),
    "rupture_km": Term("Length of the rupture", "破裂长度"),
    "shakemap": Term("ShakeMap", "ShakeMap 网格文件"),
    "luck": Term("Chance in the shaking", "震动随机性"),
    "settlements": Term("Settlements", "居民点"),
    "people_per_site": Term("People per worksite", "每作业点压埋人数"),
    "most_sites": Term("Most worksites", "作业点上限"),
    "survival_scale": Term("Survival, compared", "存活时间系数"),
    "lines_down": Term("Chance that lines are down", "通信中断概率"),
    "lines_back": Term("Until lines are back", "通信恢复时间"),
    "roads_break": Term("Whether roads break", "是否损毁道路"),
    "relief_m": Term("Relief of mountain roads", "山区道路起伏"),
    "slope_safety": Term("Factor of safety of slopes", "边坡安全系数"),
    "road_patrol": Term("Road patrol", "道路巡查发现时间"),
    "aftershocks": Term("Aftershocks", "余震"),
    "halts_from": Term("Halts work from magnitude", "暂停作业震级"),
    "halts_s": Term("Halts work for", "暂停作业时长"),
    # settlements
    "lat": Term("Latitude", "纬度"),
    "lon": Term("Longitude", "经度"),
    "elevation_m": Term("Elevation", "海拔"),
    "population": Term("People", "人口"),
    "stock": Term("Building stock", "房屋类型构成"),
    "indoors": Term("Share indoors", "室内人口比例"),
    # worksites
    "trapped": Term("People trapped", "被压埋人员"),
    "dies_at_s": Term("Dies at", "死亡时刻"),
    "light": Term("Lightly trapped", "浅层压埋"),
    "neighbours": Term("Neighbours who dig", "参与自救互救人数"),
    "neighbour_pace": Term("Pace of neighbours", "群众作业效率"),
    "neighbours_from_s": Term("Neighbours begin", "自救互救开始"),
    "neighbours_until_s": Term("Neighbours end", "自救互救结束"),
    "halts": Term("Halts of work", "暂停作业时段"),
    # roads
    "blocked": Term("Blocked sections", "中断路段"),
    "section": Term("Road section", "路段"),
    "locality": Term("Locality", "所在村镇"),
    "from_s": Term("From", "起始时刻"),
    "cause": Term("Cause", "原因"),
    "cleared_factor": Term("Speed once cleared", "抢通后车速系数"),
    "villages": Term("Villages", "村镇人口"),
    # the toll
    "unhurt": Term("Unhurt", "未受伤"),
    "hurt_light": Term("Lightly hurt", "轻伤"),
    "hurt_hospital": Term("Hurt, hospital", "重伤住院"),
    "hurt_critical": Term("Critically hurt", "危重"),
    "killed": Term("Killed at once", "当场遇难"),
    "villages_on_foot": Term("Villages reached on foot", "徒步可达村镇数"),
    "lines_down_until_s": Term("Lines down until", "通信中断至"),
    "t_s": Term("At", "时刻"),
    # policies
    "start_work_h": Term("Work before the first is reached", "首人救出前作业量"),
    # plans
    "own_initiative": Term("On their own initiative", "自行出动"),
    "team": Term("Team", "编队"),
    "recon": Term("Reconnaissance", "侦察"),
    "by": Term("By", "方式"),
    "ready": Term("Until it leaves", "出发准备时间"),
    "base": Term("Base", "起飞地点"),
    "around": Term("Middle of the area", "侦察区中心"),
    "radius_km": Term("Radius", "侦察半径"),
    "speed_kmh": Term("Speed", "速度"),
    "swath_km": Term("Width seen", "侦察带宽"),
    "at_night": Term("Flies at night", "夜间飞行"),
}
"""Every field that only these inputs have."""
