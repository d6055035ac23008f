"""What is said about road networks and their sources, in English and Chinese, by code."""

from __future__ import annotations

from typing import Final

ROADS: Final[dict[str, tuple[str, str]]] = {
    # road networks
    "no_such_network": (
        "no folder or file of that name holds a road network; shipped ones: {known}",
        "没有这个名称的路网文件夹或文件；自带路网：{known}",
    ),
    "no_such_network_guess": (
        "no folder or file of that name holds a road network. Did you mean '{guess}'? Shipped ones: {known}",
        "没有这个名称的路网文件夹或文件。是否想写“{guess}”？自带路网：{known}",
    ),
    "synth_size": (
        "write {{synth: n, seed: k}} with {least} to {most} places",
        "请写 {{synth: 地点数, seed: 种子}}，地点数 {least} 至 {most}",
    ),
    "network_empty": ("no places; write at least one row of nodes", "没有地点；nodes 至少写一行"),
    "coordinates": (
        "no point on Earth; write lat -90 to 90 and lon -180 to 180",
        "坐标有误；lat 为 -90 至 90，lon 为 -180 至 180",
    ),
    "not_finite": ("{field} must be a finite number", "{field} 必须是有限的数"),
    "not_positive": ("{field} must be a number above 0", "{field} 必须是大于 0 的数"),
    "not_negative": ("{field} must be a number, 0 or more", "{field} 必须是 0 或更大的数"),
    "not_whole": ("write a whole number from 0 to {most}", "请写 0 至 {most} 的整数"),
    "height_range": (
        "no height above sea level; write {least} to {most} m",
        "不是海拔高程；应为 {least} 至 {most} 米",
    ),
    "not_yes_or_no": ("write yes or no", "请写 yes 或 no"),
    "oneway_word": (
        "write yes, no, or -1 for a road driven from 'to' to 'from'",
        "请写 yes、no，或 -1（由 to 驶向 from）",
    ),
    "risk": ("unknown risk; write one of: {known}, or nothing", "未知的风险；可选：{known}，或留空"),
    "too_much": (
        "{field} is more than can be ({most}); check the number and its unit",
        "{field} 超出可能的最大值（{most}）；请检查数值和单位",
    ),
    "road_class": ("unknown class of road; write one of: {known}", "未知的道路等级；可选：{known}"),
    "section_end": (
        "no place '{name}'; add it to nodes, or correct the road section",
        "地点“{name}”不存在；请在 nodes 中补上，或更正该路段",
    ),
    "place_unknown": (
        "unknown place '{name}'; write an id, a name, or latitude and longitude (36.62,101.77);"
        " 'drillsim roads places' lists them",
        "未知的地点“{name}”；请写 id、名称或纬度和经度（36.62,101.77）；可用 drillsim roads places 查看",
    ),
    "place_unknown_guess": (
        "unknown place '{name}'. Did you mean '{guess}'? 'drillsim roads places' lists ids and names",
        "未知的地点“{name}”。是否想写“{guess}”？可用 drillsim roads places 查看 id 和名称",
    ),
    "place_ambiguous": (
        "{n} places are called '{name}'; write the id of one: {ids}",
        "有 {n} 个地点名为“{name}”；请写其中一个的 id：{ids}",
    ),
    "journey_siren": ("write yes or no", "请写“是”或“否”"),
    "journey_departure": (
        "no time of day; write 08:30 or 2026-01-02 08:30, or leave the cell empty",
        "不是时刻；请写 08:30 或 2026-01-02 08:30，或留空",
    ),
    "section_loop": ("begins and ends at the same place; write two places", "起点与终点相同；请写两个地点"),
    "section_too_short": (
        "{length_km} km is less than the straight line of {direct_km} km; check the length and both places",
        "长度 {length_km} km 小于两地直线距离 {direct_km} km；请检查长度和两端地点",
    ),
    "surface": ("unknown surface; write one of: {known}", "未知的路面；可选：{known}"),
    "not_a_network": (
        "no road network, or cut short ({why}); import it again",
        "不是路网文件，或文件不完整（{why}）；请重新导入",
    ),
    "too_few_observations": (
        "too few journeys between places that a road joins; {least} are needed",
        "可用的行程记录太少；至少需要 {least} 条两地间有路可通的记录",
    ),
    "column_missing": ("the column '{field}' is missing; add it", "缺少列“{field}”，请补上"),
    "column_twice": ("the column '{field}' stands twice; keep one", "列“{field}”出现了两次，请只留一个"),
    "too_many_rows": ("more than {most} rows; split the network", "超过 {most} 行；请拆分路网"),
    "graph_kind": (
        "not a networkx.MultiDiGraph that keeps the graph contract; use drillsim.roads.importing.import_graph",
        "不是符合图约定的 networkx.MultiDiGraph；请改用 drillsim.roads.importing.import_graph",
    ),
    "graph_keys": (
        "one key for more than one section ({ends}); give each section a key of its own",
        "同一个键对应多条路段（{ends}）；请为每条路段写各自的键",
    ),
    "graph_value": ("{field} cannot be read; correct the attribute", "{field} 无法识别；请更正该属性"),
    "graph_attributes": ("attributes are missing: {missing}", "缺少属性：{missing}"),
    # roads from elsewhere
    "roads_format": (
        "no format of roads that is read; give a file that ends in .osm, .osm.gz, .osm.bz2, .osm.pbf, .graphml,"
        " .parquet or .gpkg, or a folder with nodes.csv and edges.csv",
        "不是可读的路网格式；请提供 .osm、.osm.gz、.osm.bz2、.osm.pbf、.graphml、.parquet、.gpkg 文件，"
        "或含 nodes.csv 与 edges.csv 的文件夹",
    ),
    "roads_folder": (
        "a folder without nodes.csv and edges.csv (or arcs, links, roads; packed: .csv.gz); name the file in it",
        "文件夹中没有 nodes.csv 和 edges.csv（或 arcs、links、roads；压缩：.csv.gz）；请写其中的文件名",
    ),
    "roads_columns": (
        "no line names the columns that are needed; write one of each: {wanted}",
        "没有列名行包含所需的列；每组须有其一：{wanted}",
    ),
    "roads_row_short": (
        "row {row} under the line of names has fewer than {n} cells; fill them",
        "列名行下第 {row} 行少于 {n} 个单元格；请补齐",
    ),
    "keep_what": (
        "write a collection of ids of nodes, or 'all'",
        "请给出节点 id 的集合，或写 'all'",
    ),
    "keep_columns": (
        "no column of ids; write one id a line, or a column 'id' or 'node'",
        "没有 id 列；请每行写一个 id，或写 id 列或 node 列",
    ),
    "keep_unknown": (
        "{n} of these ids are those of no node of a road: {names}; correct or remove them",
        "其中 {n} 个 id 不是任何道路的节点：{names}；请更正或删去",
    ),
    "roads_empty_file": ("the file is empty; fetch it again", "文件是空的，请重新获取"),
    "roads_broken": (
        "the file is damaged or cut short ({why}); fetch it again",
        "文件损坏或不完整（{why}），请重新获取",
    ),
    "roads_entities": (
        "the XML declares entities, which may blow up without end; remove the DOCTYPE",
        "XML 中声明了实体，可能无限膨胀；请删去 DOCTYPE",
    ),
    "roads_none": (
        "no road in it that a vehicle may drive; fetch an extract that has highways",
        "其中没有车辆可通行的道路；请获取含有 highway 的数据",
    ),
    "roads_without_nodes": (
        "{ways} roads, but none of the nodes that they run along; fetch them too (in Overpass: (._;>;); out;)",
        "有 {ways} 条道路，但没有任何道路节点；请一并获取节点（Overpass 中写 (._;>;); out;）",
    ),
    "roads_history": (
        "objects stand in it in several versions, or deleted, as in files of history; take one state of it "
        "(osmium time-filter)",
        "同一对象有多个版本或已删除（历史文件）；请先提取某一时刻的状态（osmium time-filter）",
    ),
    "roads_in_metres": (
        "coordinates are no degrees, probably metres; write longitude and latitude (EPSG:4326), or state the system",
        "坐标不是度，可能是米；请使用经纬度（EPSG:4326），或注明坐标系",
    ),
    "roads_swapped": (
        "latitude and longitude are swapped; write latitude as lat or y, longitude as lon or x",
        "经度与纬度写反了；纬度写在 lat 或 y，经度写在 lon 或 x",
    ),
    "roads_coordinates_missing": (
        "some nodes of roads have no coordinates; give each lat and lon, or y and x",
        "部分道路节点没有坐标；请为每个节点写明 lat 和 lon，或 y 和 x",
    ),
    "roads_crs": ("a system of coordinates not read; convert to EPSG:4326", "不支持的坐标系；请转换为 EPSG:4326"),
    "roads_node_twice": (
        "the id '{name}' stands more than once, at different coordinates; rename one",
        "id“{name}”重复且坐标不同；请改名",
    ),
    "roads_names_alike": (
        "the nodes {one} and {other} are the same name once written down; rename one",
        "节点 {one} 与 {other} 写成文字后名称相同；请改名",
    ),
    "roads_geometry": (
        "no column of lines; write the roads as LineString in the column 'geometry'",
        "没有线要素列；请将道路以 LineString 写入 geometry 列",
    ),
    "roads_profile": ("unknown profile of speeds; write one of: {known}", "未知的车速类型；可选：{known}"),
    "roads_place": (
        "the place cannot be looked up ({why}); check its name, or import a file",
        "无法查询该地点（{why}）；请检查名称，或导入文件",
    ),
    "roads_place_name": ("no name of a place; write place: and a name", "没有地名；请在 place: 后写地名"),
    "roads_place_file": (
        "OSMnx keeps what it fetches in files, and '{file}' cannot be read or written ({why}); start the command in a"
        " folder where you may write",
        "OSMnx 把获取的数据存为文件，而“{file}”无法读写（{why}）；请在有写权限的文件夹中运行命令",
    ),
    "roads_offline": (
        "OpenStreetMap's servers cannot be reached ({why}); check the internet, or import a file",
        "无法连接 OpenStreetMap 服务器（{why}）；请检查网络，或导入文件",
    ),
    "extra_missing": (
        "reading it needs a further package; write: pip install drillsim[{extra}]",
        "读取它需要另装软件包；请运行：pip install drillsim[{extra}]",
    ),
    "elevation_columns": (
        "no heights; write the columns lat, lon, elevation_m, or id and elevation_m",
        "没有高程；请写 lat、lon、elevation_m 列，或 id 与 elevation_m 列",
    ),
    "elevation_too_large": (
        "more cells than are read; cut the raster to the region (gdalwarp -te west south east north)",
        "栅格单元过多，不予读取；请裁剪到本地区（gdalwarp -te 西 南 东 北）",
    ),
    "elevation_raster": (
        "no raster of heights in degrees; convert it to one band in EPSG:4326, north up",
        "不是以度为单位的高程栅格；请转换为 EPSG:4326、单波段、正北向上",
    ),
}
"""Text by code, English and Chinese."""
