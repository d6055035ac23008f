"""The help of the command line in Chinese: per command, what it does and what its options mean."""

from __future__ import annotations

from typing import Final

_FILE = "情景文件，或随软件提供的情景编号。"
_PLAN_FILE = "单独存放的力量部署方案文件。"
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
            "metric": "要显示的评估指标；未指定时显示有差异的全部指标。",
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
        "写出一份带注释、可直接运行的小型情景，作为起点。",
        {"path": "要写的文件。", "force": "覆盖已有文件。"},
    ),
    "plugins": ("列出致灾因子、灾情类型和力量调派规则及其来源。", {"as_json": _JSON}),
    "app": (
        "在浏览器中启动界面，仅限本机访问。",
        {"port": "本机端口。", "browser": "打开浏览器。"},
    ),
}
"""Help and option help by command; the empty name stands for the whole."""
