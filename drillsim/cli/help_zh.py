"""The help of the command line in Chinese: per command, what it does and what its options mean."""

from __future__ import annotations

from typing import Final

_NETWORK = "路网文件（.roads）、数据表文件夹，或自带路网名称。"
_FILE = "情景文件，或随软件提供的情景编号。"
_PLAN_FILE = "单独存放的方案文件。"
_SEED = "随机种子，决定一切偶然因素。"
_JSON = "以 JSON 输出，不输出表格；从未发生记为 never。"

HELP_ZH: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "": (
        (
            "推演应急演练，优选力量部署方案。\n\n"
            "退出码：0 正常（演练目标可能未达成）；2 用法或文件有误；3 推演结果自相矛盾；130 被中断。"
        ),
        {"lang": "语言；未指定时取 DRILLSIM_LANG，再取系统语言。", "_version": "显示版本号。"},
    ),
    "run": (
        "对一个方案推演一次，显示过程与结果。",
        {
            "file": _FILE,
            "plan": "方案编号；未指定时取第一个。",
            "plan_file": _PLAN_FILE,
            "seed": _SEED,
            "replication": "该种子下的第几次推演。",
            "trace": "写出演练过程记录：.jsonl 或 .parquet。",
            "map_": "写出地图：.html。",
            "check": "按不变量核查推演结果。",
            "as_json": _JSON,
        },
    ),
    "compare": (
        "多次推演并比较各方案，给出置信区间；以第一个方案为基准。",
        {
            "file": _FILE,
            "plans": "方案编号，以逗号分隔，基准在前；未指定时比较全部方案。",
            "plan_file": _PLAN_FILE,
            "replications": "每个方案推演的次数。",
            "seed": _SEED,
            "jobs": "并行进程数。",
            "metric": "要显示的评估指标；未指定时显示有差异的指标。",
            "as_json": _JSON,
            "as_csv": "以 CSV 输出，不输出表格。",
        },
    ),
    "check": (
        "核查情景文件：读取，每个方案推演一次，并按不变量核查。",
        {"files": "情景文件。", "seed": _SEED},
    ),
    "show": ("显示情景内容：灾情、导调文书、演练目标、各方案对照。", {"file": _FILE, "as_json": _JSON}),
    "schema": (
        "输出情景或方案文件的 JSON Schema，供编辑器使用。",
        {"what": "scenario（情景）或 plan（方案）。", "output": "写入文件。"},
    ),
    "new": (
        "写出可直接运行的情景：带注释的小型情景，或取自本地地图。",
        {
            "path": "要写的文件。",
            "source": "OSM 文件：取本市道路、消防站和建筑；或其他路网文件、数据表文件夹。",
            "profile": "地图未标注限速时采用的车速。",
            "elevation": "高程：CSV 或 GeoTIFF。",
            "force": "覆盖已有文件。",
        },
    ),
    "plugins": ("列出致灾因子、灾情类型和力量调派规则及其来源。", {"as_json": _JSON}),
    "roads": ("导入、查看、度量和校准路网。", {}),
    "roads import": (
        "把外部路网导入为一个文件，并说明保留、舍弃和推定的内容。",
        {
            "source": "OSM 文件、GraphML、GeoParquet、GeoPackage，或存放数据表的文件夹。",
            "output": "要写的路网文件（.roads）。",
            "profile": "未标注限速时采用的车速。",
            "pedestrian": "保留步行道（有风险）。",
            "wrong_way": "保留单行道逆行（有风险）。",
            "elevation": "高程：CSV 或 GeoTIFF。",
            "largest_part": "去掉不连通的部分。",
            "keep": "保留的节点：all，或存放 id 的文件。",
            "map_": "写出路网地图：.html。",
            "force": "覆盖已有文件。",
            "as_json": _JSON,
        },
    ),
    "roads info": ("显示路网内容、不连通部分及车速。", {"network": _NETWORK, "as_json": _JSON}),
    "roads places": (
        "列出路网地点：id、名称、经纬度、高程。",
        {"network": _NETWORK, "text": "id 或名称的一部分；未写时列出全部。", "as_json": _JSON},
    ),
    "roads prepare": ("建立快速路径索引并存入路网文件；只需一次，百万地点约需数分钟。", {"network": _NETWORK}),
    "roads reach": (
        "显示各时限内可到达的地点和人口占比。",
        {
            "network": _NETWORK,
            "sources": "力量出发地点（id、名称或 纬度,经度），以逗号分隔。",
            "within": "时限，以逗号分隔：5 min,10 min。",
            "unit": "以第几支到场力量计：1 为首支，2 为第二支。",
            "closed": "封闭的路段，以逗号分隔。",
            "map_": "写出等时圈地图：.html。",
            "as_json": _JSON,
        },
    ),
    "roads ways": (
        "显示两地之间的最快路线和备选路线、各需多久、经过哪些道路。",
        {
            "network": _NETWORK,
            "source": "出发地点：id、名称或 纬度,经度。",
            "target": "目的地点：id、名称或 纬度,经度。",
            "count": "路线条数，最快者在前。",
            "closed": "封闭的路段，以逗号分隔。",
            "as_json": _JSON,
        },
    ),
    "roads bottlenecks": (
        "找出最关键的道路：封闭后隔断人口最多或耗时增加最多。",
        {
            "network": _NETWORK,
            "sources": "力量出发地点（id、名称或 纬度,经度），以逗号分隔。",
            "top": "显示条数。",
            "as_json": _JSON,
        },
    ),
    "roads calibrate": (
        "按实测行程校准各级道路车速，并给出误差。",
        {
            "network": _NETWORK,
            "journeys": "CSV：origin、destination、seconds；可有 departure、siren。",
            "folds": "交叉验证的份数。",
            "as_json": _JSON,
        },
    ),
    "roads synth": (
        "生成一座虚构的高原河谷城市，用于试验和测速。",
        {
            "output": "要写的路网文件（.roads）。",
            "places": "地点数。",
            "seed": _SEED,
            "map_": "写出城市地图（.html）。",
            "force": "覆盖已有文件。",
        },
    ),
    "app": (
        "在浏览器中启动界面，仅限本机访问。",
        {"port": "本机端口。", "browser": "打开浏览器。"},
    ),
}
"""Help and option help by command; the empty name stands for the whole."""
