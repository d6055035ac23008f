"""The words of an earthquake: fields, problems of a file, advisories."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from drillsim.language import Term

WORDS: Final[Mapping[str, Term]] = MappingProxyType(
    {
        "field.depth_km": Term("Depth", "震源深度"),
        "field.strike_deg": Term("Strike", "长轴走向"),
        "field.attenuation": Term("Attenuation law", "衰减关系"),
        "value.yu2013": Term("Yu 2013, point", "俞言祥2013（点源）"),
        "value.bssa14": Term("BSSA14, rupture", "BSSA14（破裂线）"),
        "value.wang2000": Term("Wang 2000, point", "汪素云2000（点源）"),
        "value.shakemap": Term("ShakeMap", "ShakeMap 网格"),
        "field.mechanism": Term("Mechanism", "震源机制"),
        "field.vs30_ms": Term("Shear-wave velocity, 30 m", "30米等效剪切波速"),
        "field.site_factor": Term("Site factor", "场地放大系数"),
        "field.rupture_km": Term("Length of the rupture", "破裂长度"),
        "field.rupture_begins": Term("Share of the rupture behind the epicentre", "震中后方破裂占比"),
        "field.shakemap": Term("ShakeMap", "ShakeMap 网格文件"),
        "field.people_per_site": Term("People per worksite", "每作业点压埋人数"),
        "field.most_sites": Term("Most worksites", "作业点上限"),
        "field.survival_h": Term("Scale of survival", "存活时间尺度"),
        "field.survival_scale": Term("Factor on survival", "存活时间系数"),
        "field.digging": Term("Digging", "挖掘营救假设"),
        "field.surface_work_s": Term("Work, lightly trapped", "浅层压埋营救工时"),
        "field.deep_work_adobe_s": Term("Work, deep under earth and timber", "土木深层压埋营救工时"),
        "field.deep_work_brick_s": Term("Work, deep under brick", "砖混深层压埋营救工时"),
        "field.deep_work_concrete_s": Term("Work, deep under concrete", "混凝土深层压埋营救工时"),
        "field.work_cv": Term("Spread of the work", "工时变异系数"),
        "field.light_adobe": Term("Lightly trapped under earth and timber", "土木浅层压埋比例"),
        "field.light_brick": Term("Lightly trapped under brick", "砖混浅层压埋比例"),
        "field.light_concrete": Term("Lightly trapped under concrete", "混凝土浅层压埋比例"),
        "field.neighbours_share": Term("Share of the unhurt who dig", "参与自救互救比例"),
        "field.neighbours_per_trapped": Term("Neighbours per trapped person", "每名被压埋者可容自救人数"),
        "field.lines_down": Term("Chance that lines are down", "通信中断概率"),
        "field.lines_back": Term("Until lines are back", "通信恢复时间"),
        "field.roads_break": Term("Whether roads break", "是否损毁道路"),
        "field.relief_m": Term("Relief of mountain roads", "山区道路起伏"),
        "field.slope_safety": Term("Factor of safety of slopes", "边坡安全系数"),
        "field.road_patrol": Term("Road patrol", "道路巡查发现时间"),
        "field.halts_from": Term("Halts work from magnitude", "暂停作业震级"),
        "field.population": Term("People", "人口"),
        "field.stock": Term("Building stock", "房屋类型构成"),
        "field.indoors": Term("Share indoors", "室内人口比例"),
        "error.epicentre_ways": Term(
            "give one epicentre: lat and lon, or node, or a shakemap",
            "震中须且只须写一种：lat 和 lon，或 node，或 shakemap",
        ),
        "error.magnitude_missing": Term(
            "magnitude is missing; write a number from 4 to 9",
            "缺少 magnitude；请写 4 到 9 之间的数",
        ),
        "error.people_too_many": Term(
            "the settlements have {people} people, more than the {most} that can be counted",
            "居民点共 {people} 人，超过可统计的 {most} 人",
        ),
        "error.epicentre_far": Term(
            (
                "the epicentre lies {km} km from the nearest place of the road network, more than {most} km; check "
                "lat and lon"
            ),
            "震中距路网最近地点 {km} 公里，超过 {most} 公里；请核对 lat 和 lon",
        ),
        "error.settlement_far": Term(
            "it lies {km} km from its place {node}, more than {most} km; check lat, lon and node",
            "距其 node（{node}）{km} 公里，超过 {most} 公里；请核对 lat、lon 和 node",
        ),
        "advisory.shakemap_outside": Term(
            (
                "the ShakeMap ends before, or has no number at, {n} settlement(s), which count as not shaken: {names}; "
                "take a larger grid, or an attenuation law"
            ),
            "ShakeMap 网格未覆盖 {n} 个居民点（或该处无数值），按未受震动计算：{names}；请用更大的网格，或改用衰减关系",
        ),
        "advisory.shakemap_roads": Term(
            "the ShakeMap does not reach {n} of {total} places of the road network; roads there count as not shaken",
            "ShakeMap 网格未覆盖路网 {total} 个地点中的 {n} 个；该处道路按未受震动计算",
        ),
        "advisory.shakemap_void": Term(
            (
                "in {n} row(s) of the ShakeMap, PGA or PGV is not a number (nan), first in row {row} "
                "(lat {lat:g}, lon {lon:g}); next to them nothing counts as shaken"
            ),
            (
                "ShakeMap 有 {n} 行的 PGA 或 PGV 不是数值（nan），首个在第 {row} 行"
                "（纬度 {lat:g}，经度 {lon:g}）；其邻近按未受震动计算"
            ),
        ),
        "advisory.shakemap_coarse": Term(
            "the points of the ShakeMap lie {km:.0f} km apart; what is stronger between them is not seen",
            "ShakeMap 网格点间距 {km:.0f} 公里；点间更强的震动不会显现",
        ),
        "advisory.yu2013_large": Term(
            (
                "Ms {magnitude:.1f}: Yu 2013 takes the source for a point; far from the epicentre along a rupture it "
                "shakes too little from 6.8 on; take bssa14"
            ),
            "面波震级 {magnitude:.1f}：俞言祥2013按点源计算，6.8级以上沿破裂方向的震动偏小；请用 bssa14",
        ),
        "advisory.bssa14_large": Term(
            "M {magnitude:.1f} lies above the {most:.1f} up to which BSSA14 holds for this mechanism: extrapolated",
            "震级 {magnitude:.1f} 超过 BSSA14 对该震源机制的适用上限 {most:.1f}，结果为外推",
        ),
        "advisory.rupture_by_magnitude": Term(
            (
                "the length of the rupture follows from the magnitude: {km:.0f} km, {begins:.0%} of it behind the "
                "epicentre; write rupture_km, rupture_begins and strike_deg if they are known: they decide who is hit"
            ),
            (
                "破裂长度由震级推算：{km:.0f} 公里，其中 {begins:.0%} 在震中后方；如已知请填写 "
                "rupture_km、rupture_begins 和 strike_deg，三者决定受灾范围"
            ),
        ),
        "advisory.yu2013_small": Term(
            "Ms {magnitude:.1f} lies below the earthquakes that Yu 2013 was compared with here (5.6 to 6.2)",
            "面波震级 {magnitude:.1f}，低于俞言祥2013在此对照过的地震（5.6至6.2级）",
        ),
        "advisory.wang2000_small": Term(
            "Ms {magnitude:.1f}: Wang 2000 gives too small areas of VII and more below 6.3",
            "面波震级 {magnitude:.1f}：6.3级以下汪素云2000给出的Ⅶ度及以上范围偏小",
        ),
        "advisory.wang2000_large": Term(
            "Ms {magnitude:.1f} lies above the 8.5 up to which Wang 2000 holds: extrapolated",
            "面波震级 {magnitude:.1f} 超过汪素云2000的适用上限8.5，结果为外推",
        ),
    }
)
