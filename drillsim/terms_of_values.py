"""The glossary of values: kinds, forces, capabilities, types of incident, and the words of a trace."""

from __future__ import annotations

from typing import Final

from drillsim.term import Term
from drillsim.terms_of_chemistry import CHEMICAL_VALUES

KINDS: Final[dict[str, Term]] = {
    # hazards
    "fire_growth": Term("Growing fire", "火势发展"),
    "snowfall": Term("Snowfall", "降雪"),
    "road_closures": Term("Road closures", "道路封闭"),
    "toxic_cloud": Term("Toxic cloud", "有毒气云"),
    "tank_farm": Term("Burning tanks", "罐区火灾"),
    "timber_hall": Term("Timber hall on fire", "木构殿堂火灾"),
    "battery_station": Term("Battery store", "电池储能舱热失控"),
    # scenario kinds
    "listed": Term("Listed incident", "设定灾情"),
    "demand": Term("Everyday demand", "日常警情"),
    "chemical": Term("Chemical accident", "危化品事故"),
    "temple_fire": Term("Temple fire", "寺院火灾"),
    "energy_storage": Term("Energy-storage accident", "储能电站事故"),
    # dispatch policies
    "nearest": Term("Nearest unit", "就近调派"),
    "own_district": Term("Own district first", "属地优先调派"),
    "priority": Term("Most urgent first", "按灾情等级调派"),
    "run_card": Term("Run cards", "按等级编成调派"),
    # forces
    "national_team": Term("National fire and rescue team", "国家综合性消防救援队伍"),
    "government_brigade": Term("Government full-time brigade", "政府专职消防队"),
    "enterprise_brigade": Term("Enterprise full-time brigade", "企业专职消防队"),
    "micro_station": Term("Micro fire station", "微型消防站"),
    "social_team": Term("Social rescue team", "社会应急力量"),
}
"""Every built-in kind of plug-in and every kind of force."""

CAPABILITIES: Final[dict[str, Term]] = {
    "fire_attack": Term("Fire attack", "灭火攻坚"),
    "water_supply": Term("Water supply", "供水"),
    "long_distance_water": Term("Long-distance water supply", "远程供水"),
    "foam": Term("Foam", "泡沫灭火"),
    "ladder": Term("Ladder", "举高作业"),
    "rescue": Term("Rescue", "抢险救援"),
    "extrication": Term("Extrication", "破拆救援"),
    "usar": Term("Urban search and rescue", "城市搜索与救援"),
    "usar_light": Term("Light earthquake rescue", "轻型地震救援"),
    "usar_medium": Term("Medium earthquake rescue", "中型地震救援"),
    "usar_heavy": Term("Heavy earthquake rescue", "重型地震救援"),
    "search": Term("Search", "搜索"),
    "search_dogs": Term("Search dogs", "搜救犬搜索"),
    "shoring": Term("Shoring", "支撑加固"),
    "medical": Term("Medical", "医疗救护"),
    "decontamination": Term("Decontamination", "洗消"),
    "hazmat": Term("Hazardous materials", "危化品处置"),
    "logistics": Term("Logistics", "战勤保障"),
    "communications": Term("Communications", "应急通信保障"),
    "command": Term("Command", "现场指挥"),
    "engineering": Term("Engineering", "工程机械作业"),
    "road_clearing": Term("Road clearing", "道路抢通"),
    "snow_clearing": Term("Snow clearing", "除雪"),
    "drone_recon": Term("Drone reconnaissance", "无人机侦察"),
    "reconnaissance": Term("Reconnaissance", "侦察"),
    "high_angle": Term("High-angle rescue", "高空救援"),
    "mountain_rescue": Term("Mountain rescue", "山岳救援"),
    "swift_water": Term("Swift-water rescue", "水域救援"),
    "water_rescue": Term("Water rescue", "水上救援"),
    "rope": Term("Rope rescue", "绳索救援"),
    "ice_rescue": Term("Ice rescue", "冰面救援"),
    "evacuation": Term("Evacuation", "疏散转移"),
    "forest_fire": Term("Wildland fire", "森林草原灭火"),
    "smoke_ventilation": Term("Smoke ventilation", "排烟"),
    "lighting": Term("Lighting", "照明"),
    "power_supply": Term("Power supply", "应急供电"),
    "fire_watch": Term("Fire watch", "监护冷却"),
}
"""What units can do. A scenario may use words of its own."""

INCIDENT_TYPES: Final[dict[str, Term]] = {
    "collapse_masonry": Term("Collapse of a masonry building", "砖混建筑倒塌"),
    "collapse_frame": Term("Collapse of a frame building", "框架建筑倒塌"),
    "temple_fire": Term("Temple fire", "寺院火灾"),
    "grass_fire": Term("Grass fire", "草地火灾"),
    "high_angle": Term("People at height", "高处被困"),
    "assistance": Term("Assistance to the public", "社会救助"),
    "building_fire": Term("Building fire", "建筑火灾"),
    "dwelling_fire": Term("Dwelling fire", "居民住宅火灾"),
    "high_rise_fire": Term("High-rise fire", "高层建筑火灾"),
    "grassland_fire": Term("Grassland fire", "草原火灾"),
    "forest_fire": Term("Forest fire", "森林火灾"),
    "vehicle_fire": Term("Vehicle fire", "车辆火灾"),
    "tank_fire": Term("Tank fire", "储罐火灾"),
    "collapse": Term("Building collapse", "建筑倒塌"),
    "road_crash": Term("Road crash", "交通事故"),
    "landslide": Term("Landslide", "山体滑坡"),
    "flood": Term("Flood", "洪涝"),
    "earthquake": Term("Earthquake", "地震"),
    "chemical_leak": Term("Chemical leak", "危化品泄漏"),
    "gas_leak": Term("Gas leak", "燃气泄漏"),
    "battery_fire": Term("Battery fire", "锂电池火灾"),
    "person_trapped": Term("Person trapped", "人员被困"),
    "water_rescue": Term("Water rescue", "水域救援"),
    "snow_disaster": Term("Snow disaster", "雪灾"),
    "medical": Term("Medical emergency", "医疗急救"),
}
"""Types of incident. A scenario may use words of its own."""

SUPPLIES: Final[dict[str, Term]] = {
    "water_l": Term("Water", "水", "L"),
    "foam_l": Term("Foam concentrate", "泡沫液", "L"),
    "air_set": Term("Air cylinders", "空气呼吸器气瓶", "1"),
}
"""What is used up on a scene. A scenario may use words of its own."""

VALUES: Final[dict[str, Term]] = {
    # weather and hazards
    "none": Term("none", "无"),
    "light": Term("light", "小"),
    "heavy": Term("heavy", "大"),
    "slow": Term("slow", "慢速"),
    "medium": Term("medium", "中速"),
    "fast": Term("fast", "快速"),
    "ultra_fast": Term("ultra fast", "超快速"),
    "growing": Term("growing", "发展蔓延"),
    "fully_developed": Term("fully developed", "猛烈燃烧"),
    "burnt_out": Term("burnt out", "燃尽"),
    "attacked": Term("under attack", "出水控火"),
    "out": Term("out", "熄灭"),
    "falling": Term("falling", "降雪中"),
    "lying": Term("lying", "积雪"),
    "gone": Term("gone", "消融"),
    "water_on": Term("water on", "出水"),
    "snow_cleared": Term("snow cleared", "除雪"),
    "onset": Term("onset", "起始"),
    "course": Term("course", "自然发展"),
    # durations
    "lognormal": Term("lognormal", "对数正态"),
    "exponential": Term("exponential", "指数"),
    # traces
    "incident": Term("to an incident", "前往灾害现场"),
    "assembly": Term("to the assembly point", "前往集结点"),
    "march": Term("on the march", "跨区机动"),
    "return": Term("on the way back", "归队途中"),
    "first_alarm": Term("first alarm", "首批调派"),
    "reinforcement": Term("reinforcement", "增援"),
    "relief": Term("relief", "轮换"),
    "crew": Term("crew", "人员"),
    "halt": Term("withdrawal", "撤离待命"),
    "message": Term("message", "情况通报"),
    "road": Term("road", "道路"),
    "unit": Term("unit", "力量"),
    "weather": Term("weather", "天气"),
    "hazard": Term("hazard", "致灾因子"),
    "inject": Term("inject", "导调文书"),
    "simulated": Term("simulated", "推演"),
    "recorded": Term("recorded", "实录"),
    # chemical accidents, battery stores
    **CHEMICAL_VALUES,
}
"""Words that stand for a value in a scenario or a trace."""
