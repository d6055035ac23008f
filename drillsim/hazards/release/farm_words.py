"""The words of burning tanks: fields, states, an advisory."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from drillsim.language import Term

WORDS: Final[Mapping[str, Term]] = MappingProxyType(
    {
        "field.tanks": Term("Tanks", "储罐"),
        "field.burning": Term("On fire from the start", "起火储罐"),
        "field.first_blast": Term("First explosion", "初始爆炸"),
        "field.dike_fire_m2": Term("Fire in the dike", "防火堤内着火面积"),
        "field.blanket_s": Term("Life of a foam blanket", "泡沫覆盖层寿命"),
        "field.hot_c": Term("Temperature at knock-down", "扑灭时最高温度"),
        "field.cooled_tau_s": Term("Time constant under water", "水冷却时间常数"),
        "field.air_tau_s": Term("Time constant in air", "自然冷却时间常数"),
        "field.roof": Term("Roof", "罐顶形式"),
        "field.foam_luck": Term("Luck of foam attacks", "泡沫进攻随机因子"),
        "field.blanket_luck": Term("Luck of foam blankets", "泡沫覆盖层随机因子"),
        "value.fixed": Term("fixed", "固定顶"),
        "value.internal_floating": Term("floating roof inside", "内浮顶"),
        "value.blanket_on": Term("foam kept whole", "补充泡沫覆盖"),
        "field.foam_capability": Term("Foam takes", "泡沫灭火所需能力"),
        "field.cooling_capability": Term("Cooling takes", "冷却所需能力"),
        "field.foam_after": Term("Foam after", "泡沫前置任务"),
        "field.foam_margin": Term("Factor on the foam rate", "泡沫强度系数"),
        "field.watch_capability": Term("Fire watch takes", "监护所需能力"),
        "field.foam_at_once": Term("Tanks attacked at once", "同时进攻储罐数"),
        "field.aim_crew": Term("People at a monitor", "每炮人员"),
        "field.blast_luck": Term("Luck in a blast", "爆炸随机因子"),
        "field.tnt_kg": Term("TNT equivalent", "TNT当量"),
        "field.diameter_m": Term("Diameter", "直径"),
        "field.content_m3": Term("Content", "储量"),
        "field.vessel": Term("Sort of vessel", "容器类型"),
        "field.blast_class": Term("Class in a blast", "抗爆类别"),
        "field.fixed_cooling_l_min_m2": Term("Fixed cooling", "固定冷却强度"),
        "value.vessel": Term("vessel", "容器"),
        "value.knocked_down": Term("knocked down", "明火扑灭"),
        "value.foamed": Term("under foam attack", "泡沫进攻"),
        "value.down": Term("knocked down, hot", "已扑灭未冷却"),
        "value.burst": Term("burst", "爆裂"),
        "value.foam_on": Term("foam on", "泡沫喷射"),
        "value.tanks_lost": Term("tanks that burnt", "曾着火储罐数"),
        "advisory.people_caught": Term(
            "{people} people at work were where an explosion kills one in a hundred or more",
            "{people} 名作业人员处在爆炸致死率百分之一以上的范围内",
        ),
    }
)
