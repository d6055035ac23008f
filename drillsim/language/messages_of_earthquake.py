"""What drillsim says about faults in an earthquake, in English and Chinese, keyed by a code."""

from __future__ import annotations

from typing import Final

EARTHQUAKE: Final[dict[str, tuple[str, str]]] = {
    "epicentre_ways": (
        "give one epicentre: lat and lon, or node, or a shakemap",
        "震中须且只须写一种：lat 和 lon，或 node，或 shakemap",
    ),
    "magnitude_missing": ("magnitude is missing; write a number from 4 to 9", "缺少 magnitude；请写 4 到 9 之间的数"),
    "epicentre_far": (
        "the epicentre lies {km} km from the nearest place of the road network, more than {most} km; check lat and lon",
        "震中距路网最近地点 {km} 公里，超过 {most} 公里；请核对 lat 和 lon",
    ),
    "shakemap_missing": (
        "there is no file '{name}' that can be read; write the name of a grid.xml, from the folder of this file",
        "没有可读取的文件“{name}”；请写 grid.xml 的文件名（相对于本文件所在文件夹）",
    ),
    "shakemap_elsewhere": (
        "a ShakeMap must lie in the folder of the scenario; write its name without a path",
        "ShakeMap 文件须在情景所在文件夹内；请只写文件名，不写路径",
    ),
    "shakemap_too_large": (
        "the ShakeMap is larger than {most}; cut out the region you need",
        "ShakeMap 文件超过 {most}；请裁剪所需区域",
    ),
    "shakemap_truncated": (
        "the ShakeMap is cut off (at {line}); fetch the file again",
        "ShakeMap 文件不完整（止于 {line}）；请重新获取该文件",
    ),
    "shakemap_not_xml": (
        "the ShakeMap is not XML (line {line}); write the name of a grid.xml",
        "ShakeMap 不是 XML 文件（第 {line} 行）；请写 grid.xml 的文件名",
    ),
    "shakemap_not_grid": (
        "no ShakeMap grid with PGA in pctg and PGV in cms; write the name of a grid.xml as the USGS publishes it",
        "不是含 PGA（pctg）和 PGV（cms）的 ShakeMap 网格；请写 USGS 发布的 grid.xml",
    ),
    "shakemap_doctype": (
        "the ShakeMap declares a document type or an entity; such a file is not read",
        "ShakeMap 文件含有文档类型或实体声明，不予读取",
    ),
    "library_missing": (
        "'{name}' needs the library {library}; install it with  pip install 'drillsim[{extra}]'  or choose another law",
        "“{name}”需要程序库 {library}；请运行 pip install 'drillsim[{extra}]' 安装，或改用其他衰减关系",
    ),
}
"""Message in English and Chinese by code."""
