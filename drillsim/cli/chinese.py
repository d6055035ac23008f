"""What the command line says of its own accord, in Chinese: the headings of the help, and what is wrong in a call."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from typer import rich_utils

from drillsim.language import has, say

_HEADINGS: Final = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "REQUIRED_LONG_STRING": "［必填］",
    "DEFAULT_STRING": "［默认：{}］",
}
_OWN_OPTIONS: Final = {
    "help": "显示本帮助。",
    "install_completion": "为当前命令行安装自动补全。",
    "show_completion": "显示自动补全脚本。",
}
_SAID: Final = (
    (r"Input should be a valid integer.*", "须为整数"),
    (r"Input should be greater than or equal to (\S+)", r"须不小于 \1"),
    (r"Input should be less than or equal to (\S+)", r"须不大于 \1"),
    (r"Value error, '(.*)' is not one of (.*)\.", r"“\1”不可用；只能写 \2"),
    (r"No such option: ([^.\s]+)\.?( Did you mean (.*)\?)?", r"没有选项 \1"),
    (r"No such command '(.*?)'\.(.*)", r"没有命令“\1”。\2"),
    (r" ?Did you mean (.*)\?", r"是否想写 \1？"),
    (r"Option (\S+) requires an argument\.?", r"选项 \1 之后须写值"),
    (r"Option (\S+) does not take a value\.?", r"选项 \1 之后不写值"),
    (r"Got unexpected extra arguments?\s*(?:\(s\))?\s*\((.*)\)", r"多余的参数：\1"),
)
"""How what typer says reads in Chinese; anything else is passed on as it is."""


def put_in_chinese(command: Any) -> None:
    """Put the Chinese help in place of the English."""
    nested = {f"roads {name}": one for name, one in command.commands["roads"].commands.items()}
    for name, one in {"": command, **command.commands, **nested}.items():
        where = name or "drillsim"
        one.help = say(f"help.{where}", "zh")
        one.short_help = one.help.partition("\n")[0]
        one.get_help_option = _help_option_of(one)
        one.get_usage = _usage_of(one)
        for param in one.params:
            key = f"{where} {param.name}"
            text = say(f"help.{key}", "zh") if has("help", key) else _OWN_OPTIONS.get(param.name, param.help)
            param.help = _breakable(text)


def _help_option_of(command: Any) -> Any:
    given = command.get_help_option

    def in_chinese(ctx: Any) -> Any:
        option = given(ctx)
        if option is not None:
            option.help = _OWN_OPTIONS["help"]
        return option

    return in_chinese


def _usage_of(command: Any) -> Any:
    given = command.get_usage

    def in_chinese(ctx: Any) -> str:
        text = str(given(ctx)).replace("Usage:", "用法：")
        return text.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]", "命令 [参数]")

    return in_chinese


def _breakable(text: str) -> str:
    """Let a line be broken after punctuation: the help is laid out at spaces, and cut off without them.

    Examples
    --------
    >>> _breakable("方案编号，以逗号分隔。")
    '方案编号， 以逗号分隔。'
    """
    return re.sub(r"([，；：、。])(?=\S)", r"\1 ", text)


def call(command: Any, args: list[str]) -> None:
    """Do what *args* say; wrong usage is said in Chinese and ends with its exit code."""
    code: Any
    try:
        with _chinese_headings():
            code = command(args=args, prog_name="drillsim", standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        code = getattr(error, "exit_code", 2)
        sys.stderr.write(_wrong_usage(error))
    sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def _chinese_headings() -> Iterator[None]:
    """Let typer head its help in Chinese; it keeps the words in its module, where they are put back."""
    english = {name: getattr(rich_utils, name) for name in _HEADINGS}
    try:
        vars(rich_utils).update(_HEADINGS)
        yield
    finally:
        vars(rich_utils).update(english)


def _wrong_usage(error: Any) -> str:
    ctx = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        return f"{error.format_message()}\n"
    path = ctx.command_path if ctx is not None else "drillsim"
    return f"用法有误：{_in_chinese(error)}\n查看用法：{path} --help --lang zh\n"


def _in_chinese(error: Any) -> str:
    param = getattr(error, "param", None)
    where = param.get_error_hint() if param is not None else ""
    if type(error).__name__ == "MissingParameter":
        return f"缺少 {where}"
    text = str(error.message)
    for pattern, chinese in _SAID:
        text = re.sub(pattern, chinese, text)
    return f"{where}：{text}" if where else text
