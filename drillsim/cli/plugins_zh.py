"""What ``drillsim plugins`` says in Chinese of each kind that comes with drillsim."""

from __future__ import annotations

from typing import Final

ABOUT_ZH: Final[dict[str, dict[str, str]]] = {
    "hazards": {
        "battery_station": "电池析出可燃气体，毫无征兆爆炸；随后储能舱起火，并引燃相邻舱。",
        "broken_roads": "滑坡掩埋、桥梁损毁造成路段中断；该路段各处全部抢通后恢复通行。",
        "collapsed_site": "倒塌建筑，内有被压埋人员。",
        "earthquake_toll": "震前震后未被压埋的全部人员，以及余震。",
        "fire_growth": "单个房间火灾：按时间平方增长，达到峰值后燃尽；出水后受控。",
        "flammable_gas": "可燃气体泄漏：浓度超过爆炸下限十分之一处不得进入；遇火爆炸并形成喷射火。",
        "high_rise_fire": "高层建筑内的火灾。",
        "road_closures": "开始时封闭指定路段或限速，一段时间后恢复。",
        "snowfall": "降雪一段时间，积雪一段时间，随后消融。",
        "tank_farm": "储罐燃烧并烘烤邻罐；冷却不及时则失效，撤离过早则复燃。",
        "timber_hall": "与一般火灾同样发展，燃烧期间须水罐车运水；每车供水量取决于往返用时。",
        "toxic_cloud": "有毒气云随风扩散，未着防护者不得进入所及道路和地点，并造成人员伤亡。",
    },
    "incidents": {
        "chemical": "一起危化品事故及其处置。",
        "demand": "日常警情按泊松过程产生，地点和种类随机。",
        "earthquake": "一次地震及其全部后果。",
        "energy_storage": "储能电站电池热失控，可燃气体积聚，爆炸时刻无法预知。",
        "high_rise": "高层建筑火灾。",
        "listed": "逐项写明的一起灾情；未写类型时即为此类。",
        "temple_fire": "远离消火栓的木构殿堂火灾。",
    },
    "dispatch": {
        "most_alive_first": "优先单位工时可救出人数最多的作业点：先救多数浅埋者，后救少数深埋者。",
        "nearest": "不分辖区，预计行车时间最短者出动；待派需求先到先派。",
        "own_district": "先派本辖区最近力量；等候一段时间后，改派任一辖区最近力量。",
        "priority": "预计行车时间最短者出动；待派需求先按灾情等级、再按先后。",
        "run_card": "按灾情种类的首批编成表出动，每项派行车时间最短者。",
        "triage": "按国际搜救检伤等级A、B、C、D先后；同级先派被困人数最多处。",
    },
}
"""By folder and kind. A kind of an outside package is told in the words of its author."""


def about_zh(folder: str, kind: str, otherwise: str) -> str:
    """Return what a kind is about, *otherwise* for one that did not come with drillsim."""
    return ABOUT_ZH[folder].get(kind, otherwise)
