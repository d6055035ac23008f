"""What is said when one of pydantic's own checks fails, in English and Chinese, by type of check."""

from __future__ import annotations

from typing import Final

_NUMBER = ("no number; write one", "不是数字，请写数字")
_INTEGER = ("no whole number; write one", "不是整数，请写整数")
_TEXT = ("no text; put it in quotes", "不是文字，请加引号")
_BOOL = ("neither true nor false; write one of them", "只能写 true 或 false")
_CLOCK = (
    "no date and clock; write it like 2021-03-29 07:00",
    "不是日期时间；请写成 2021-03-29 07:00",
)
_LIST = ("no list; write [a, b], or one line '- …' each", "不是列表；请写成 [甲, 乙]，或每项一行“- …”")
_MAPPING = ("no mapping; write 'key: value' lines", "不是映射；请写成“键: 值”")
_CHOICE = ("write one of: {expected}", "只能写：{expected}")

CHECKS: Final[dict[str, tuple[str, str]]] = {
    "other_check": ("{said}", "不符合要求（{type}）：{said}"),
    "missing": ("'{field}' is missing; add it", "缺少必填项“{field}”，请补上"),
    "extra_forbidden": ("unknown field '{field}'; take it out", "未知字段“{field}”，请删去"),
    "extra_forbidden_guess": (
        "unknown field '{field}'. Did you mean '{guess}'?",
        "未知字段“{field}”。是否想写“{guess}”？",
    ),
    # numbers
    "greater_than": ("must be greater than {gt}", "必须大于 {gt}"),
    "greater_than_equal": ("must be {ge} or more", "必须大于或等于 {ge}"),
    "less_than": ("must be less than {lt}", "必须小于 {lt}"),
    "less_than_equal": ("must be {le} or less", "必须小于或等于 {le}"),
    "multiple_of": ("must be a multiple of {multiple_of}", "必须是 {multiple_of} 的倍数"),
    "finite_number": ("must be a finite number", "必须是有限的数"),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "int_type": _INTEGER,
    "int_parsing": _INTEGER,
    "int_parsing_size": ("a number with too many digits; write fewer", "数字位数过多，请减少"),
    "int_from_float": _INTEGER,
    "bool_type": _BOOL,
    "bool_parsing": _BOOL,
    # texts
    "string_type": _TEXT,
    "string_sub_type": _TEXT,
    "string_unicode": ("a character that no text may hold; remove it", "含有不允许的字符，请删去"),
    "string_too_short": ("must have at least {min_length} character(s)", "至少 {min_length} 个字符"),
    "string_too_long": ("must have at most {max_length} characters", "最多 {max_length} 个字符"),
    "string_pattern_mismatch": ("does not fit the pattern {pattern}", "不符合格式 {pattern}"),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
    # clock
    "datetime_type": _CLOCK,
    "datetime_parsing": _CLOCK,
    "datetime_from_date_parsing": _CLOCK,
    "datetime_object_invalid": _CLOCK,
    "date_type": _CLOCK,
    "date_parsing": _CLOCK,
    # lists and mappings
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "iterable_type": _LIST,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dataclass_type": _MAPPING,
    "too_short": (
        "must have at least {min_length} item(s), has {actual_length}",
        "至少 {min_length} 项，现有 {actual_length} 项",
    ),
    "too_long": (
        "must have at most {max_length} items, has {actual_length}",
        "最多 {max_length} 项，现有 {actual_length} 项",
    ),
    "none_required": ("must be left empty", "必须留空"),
    "recursion_loop": ("contains itself; write it out", "内容引用了自身，请写出来"),
}
