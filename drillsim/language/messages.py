"""What drillsim says about faults, in English and Chinese, keyed by a code.

A message says what is wrong and what to write. The codes of pydantic's own checks are in
:mod:`drillsim.language.messages_of_checks`.
"""

from __future__ import annotations

from typing import Final

from drillsim.language.messages_of_checks import CHECKS
from drillsim.language.messages_of_chemistry import CHEMISTRY
from drillsim.language.messages_of_earthquake import EARTHQUAKE
from drillsim.language.messages_of_notes import NOTES, QUANTITIES_ZH
from drillsim.language.messages_of_roads import ROADS
from drillsim.language.messages_of_verdicts import VERDICTS
from drillsim.language.terms import what_word

LANGUAGES: Final = ("en", "zh")

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "n_faults": ("{n} fault(s):", "共 {n} 处错误："),
    "got": (" (got {got})", "（实际为 {got}）"),
    "unknown_name": ("unknown {what} '{name}'. Known: {known}", "未知的{what}“{name}”。可选：{known}"),
    "unknown_name_guess": (
        "unknown {what} '{name}'. Did you mean '{guess}'? Known: {known}",
        "未知的{what}“{name}”。是否想写“{guess}”？可选：{known}",
    ),
    # the file as such
    "file_missing": (
        "there is no such file; check the name and the folder",
        "文件不存在，请检查文件名和所在文件夹",
    ),
    "file_is_folder": ("this is a folder; name the file in it", "这是文件夹，请写其中的文件名"),
    "file_not_regular": ("this is not an ordinary file", "这不是普通文件"),
    "file_unreadable": ("the file cannot be read: {why}", "文件无法读取：{why}"),
    "file_too_large": (
        "the file is larger than {most}; it is not read. Put roads into CSV files of their own",
        "文件超过 {most}，不予读取。请将路网另存为 CSV 文件",
    ),
    "file_empty": (
        "the file is empty; 'drillsim new' writes a scenario to begin with",
        "文件是空的；可用 drillsim new 生成一份起始情景",
    ),
    "not_utf8": (
        "not UTF-8; save the file with the encoding UTF-8",
        "不是 UTF-8 编码，请以 UTF-8 编码保存文件",
    ),
    "nul": ("a NUL byte; this is no text file", "含有 NUL 字节，这不是文本文件"),
    "line_too_long": (
        "the line has {length} characters; at most {most} are read. Break it",
        "本行有 {length} 个字符，最多 {most} 个，请分行书写",
    ),
    # YAML
    "too_deep": (
        "nested more than {most} deep; a scenario needs a dozen levels. Is a bracket not closed?",
        "嵌套超过 {most} 层；情景文件只需十余层。是否有括号没有闭合？",
    ),
    "too_many_nodes": (
        "more than {most} values; put roads into CSV files and demand into a kind",
        "数据项超过 {most} 个；请将路网写入 CSV 文件，日常警情用 demand 类型生成",
    ),
    "yaml_syntax": ("not valid YAML: {problem}", "YAML 语法错误：{problem}"),
    "yaml_broken": ("not valid YAML ({problem})", "YAML 语法错误（{problem}）"),
    "yaml_tab": ("a tab; indent with spaces", "含有制表符；缩进请用空格"),
    "yaml_colon": (
        "a colon where none can stand; put the text in quotes, or check the indentation",
        "此处不能有冒号；请给文字加引号，或检查缩进",
    ),
    "yaml_no_colon": ("a key without a colon; write 'key: value'", "键后面缺少冒号；请写成“键: 值”"),
    "yaml_indent": (
        "does not line up with the lines above; indent it like its neighbours",
        "缩进与上文不一致；请与同级各行对齐",
    ),
    "yaml_bracket": (
        "a bracket is not closed, or a comma is missing; write ']' or '}}', or ','",
        "括号没有闭合或缺少逗号；请补上 ] 或 }}，或者逗号",
    ),
    "yaml_quote": ("a quotation mark is not closed; add it", "引号没有闭合，请补上"),
    "yaml_character": ("a character that no text may hold; remove it", "含有不允许的字符，请删去"),
    "yaml_documents": (
        "a second document begins here; one file holds one",
        "此处开始了第二个文档；一个文件只能有一个",
    ),
    "yaml_anchor": ("an anchor (&name); remove it", "含有锚点（&名称），请删去"),
    "yaml_alias": ("an alias (*name); write the value out", "含有引用（*名称），请把内容写出来"),
    "yaml_tag": ("a tag ({tag}); write the bare value", "含有标签（{tag}），请直接写值"),
    "duplicate_key": ("'{key}' stands twice; keep one", "“{key}”出现了两次，请只留一个"),
    "key_not_text": ("a key must be a text; write 'key: value'", "键必须是文字；请写成“键: 值”"),
    "number_too_long": ("a number with too many digits; write fewer", "数字位数过多，请减少"),
    # quantities and short names
    "duration_text": (
        "no time; write seconds, or a text such as '90 s', '5 min', '1 h 30 min'",
        "不是时间；请写秒数，或如“90 s”“5 min”“1 h 30 min”“5分钟”",
    ),
    "duration_negative": (
        "a negative time; no moment lies before STARTEX (0 s), and nothing lasts less than 0 s. Write 0 or more",
        "时间为负；时刻不得早于演练开始（0 秒），时长不得小于 0 秒。请写 0 或正数",
    ),
    "duration_size": (
        "give exactly one of mean_s, median_s, p90_s; with shape exponential, mean_s",
        "mean_s、median_s、p90_s 三者须且只须写一个；shape 为 exponential 时须写 mean_s",
    ),
    "duplicate": ("says the same thing twice; keep one", "有重复项，请只留一个"),
    "pattern_id": (
        "not a well-formed id; write lower-case letters, digits, single hyphens, a letter first: xining-1",
        "短名称不合规；请用小写字母、数字和单个连字符，以字母开头，例如 xining-1",
    ),
    "pattern_word": (
        "not a well-formed word; write lower-case letters, digits, underscores, a letter first: fire_attack",
        "词语不合规；请用小写字母、数字和下划线，以字母开头，例如 fire_attack",
    ),
    "startex_clock": (
        "no local clock time between 1900 and 2200; write it like 2021-03-29 07:00, without a zone",
        "不是 1900 至 2200 年间的本地时间；请写成 2021-03-29 07:00，不带时区",
    ),
    "too_many_calls": (
        "about {mean} calls in one replication, at most {most} are made; lower calls_per_hour or until_s",
        "一次推演约有 {mean} 起警情，最多 {most} 起；请减小 calls_per_hour 或 until_s",
    ),
    "no_duration": ("lasts 0 s; write a time above 0", "持续时间为 0；请写大于 0 的时间"),
    "floor_above_roof": (
        "floor {floor} is above the roof; the building has {storeys} storeys. Write a floor from 1 to {storeys}",
        "第 {floor} 层高于屋顶；建筑共 {storeys} 层。请写 1 到 {storeys} 之间的楼层",
    ),
    # plug-ins
    "not_a_mapping": ("no mapping; write {{kind: …}}", "不是映射；请写成 {{kind: …}}"),
    "no_kind": ("kind is missing; write one of: {known}", "缺少 kind；可选：{known}"),
    # parts of a scenario that do not fit together
    "duplicate_id": ("the id '{name}' stands more than once; rename one", "id“{name}”重复，请改名"),
    "crew_order": (
        "useful_crew {useful} is less than min_crew {minimum}; write at least {minimum}",
        "useful_crew（{useful}）小于 min_crew（{minimum}）；至少写 {minimum}",
    ),
    "task_circle": (
        "tasks wait for each other in a circle: {names}. Take one out of 'after'",
        "处置任务互相等待：{names}。请从 after 中去掉一个",
    ),
    "inject_effects": (
        "an inject changes one thing; write two injects with the same at_s",
        "一条导调文书只能引起一种变化；请写成 at_s 相同的两条",
    ),
    "roads_text": (
        "no road network; write its folder, or a mapping with nodes and edges",
        "不是路网；请写路网文件夹，或含 nodes 和 edges 的映射",
    ),
    "no_such_road": (
        "no road{road} joins '{start}' and '{end}' directly. Roads that do: {known}; '{start}' is next to: {next}",
        "“{start}”与“{end}”之间没有道路{road}直接相连。直接相连的道路：{known}；“{start}”的相邻地点：{next}",
    ),
    "no_seed": (
        "write a whole number from 0 below 2^{bits}",
        "请写 0 以上、2 的 {bits} 次方以下的整数",
    ),
    "off_the_map": (
        "lies {km} km from the nearest place of the road network, at most {most} km is allowed;"
        " check latitude and longitude",
        "距路网最近地点 {km} 公里，最多允许 {most} 公里；请检查经纬度",
    ),
    # worth a look
    "snapped": ("the nearest place to {lat}, {lon}, {metres} m away", "距 {lat}, {lon} 最近的地点，相距 {metres} 米"),
    "snapped_far": (
        "the nearest place to {lat}, {lon} is {metres} m away; check the point",
        "距 {lat}, {lon} 最近的地点相距 {metres} 米，请核对坐标",
    ),
    "point_without_network": (
        "a point needs a road network that can be read; mend 'roads' first",
        "使用坐标需要可读取的路网；请先更正 roads",
    ),
    "after_endex": (
        "lies at or after ENDEX ({hours} h) and never happens",
        "在演练结束（{hours} 小时）时或之后，不会发生",
    ),
    "objective_case": (
        "nothing is called '{name}'; close to it: {guess}",
        "没有名为“{name}”的对象；相近的名称：{guess}",
    ),
    "cut_off": (
        "no road joins {place} to the largest part of the network and back; nobody may get there, or away",
        "{place} 与主路网之间没有往返通路，力量可能无法到达或离开",
    ),
    "nobody_able": (
        "no unit can do '{name}', which {who} needs; close to it: {guess}",
        "没有单元具备“{name}”能力，而 {who} 需要；相近的名称：{guess}",
    ),
    "more_than_established": (
        "{unit} has {crew} people on duty, more than its establishment of {establishment}",
        "{unit} 在岗 {crew} 人，超过编制 {establishment} 人",
    ),
    "runs_dry": (
        "{n} unit(s) have supplies for less than the exercise ({unit}: {hours} h, ENDEX after {ends} h), and no unit "
        "'logistics' fills them: who is out longer goes back; add one",
        "{n} 个单元的自我保障时间短于演练历时（{unit}：{hours} 小时，演练 {ends} 小时），"
        "且无“logistics”单元补给，超时者将返回；请增加战勤保障力量",
    ),
    "inject_without_unit": (
        "the inject {inject} takes {wanted} unit(s) with '{name}' from a place where {n} stand",
        "导调 {inject} 要求 {wanted} 个具备“{name}”能力的单元退出，而该处只有 {n} 个",
    ),
    # plans
    "wave_trigger": (
        "a wave is set off either by on_incident or by at_s; write exactly one",
        "一个梯队由 on_incident 或 at_s 之一触发；请只写一个",
    ),
    "roads_elsewhere": (
        "the road network must be one of the shipped ones, or written out; write its name without a path",
        "路网须为自带路网之一，或直接写在文件中；请只写名称，不写路径",
    ),
    "plan_circle": (
        "the plan '{plan}' is based on itself; take one based_on out",
        "方案“{plan}”以自身为基础；请去掉一处 based_on",
    ),
    "station_without_node": (
        "the station '{id}' has no place; write node",
        "消防救援站“{id}”没有位置，请写 node",
    ),
    "unit_without": ("the unit '{id}' has no {field}; write it", "力量单元“{id}”缺少 {field}，请补上"),
    "unit_in_two_waves": (
        "the unit '{unit}' already moves with the wave '{wave}'; take it out of one",
        "力量单元“{unit}”已编入梯队“{wave}”；请从其中一个去掉",
    ),
    **CHECKS,
    **CHEMISTRY,
    **EARTHQUAKE,
    **NOTES,
    **ROADS,
    **VERDICTS,
}


def message(code: str, lang: str = "en", **values: object) -> str:
    """Return message *code* in *lang* with *values* filled in, ``what`` and ``quantity`` in its words.

    Raises
    ------
    KeyError
        If there is no message with that code.
    """
    if "what" in values:
        values["what"] = what_word(str(values["what"]), lang)
    if lang == "zh" and "quantity" in values:
        values["quantity"] = QUANTITIES_ZH.get(str(values["quantity"]), values["quantity"])
    return MESSAGES[code][LANGUAGES.index(lang)].format(**values)
