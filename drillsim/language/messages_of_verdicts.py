"""What drillsim says about the difference between two plans, in English and Chinese."""

from __future__ import annotations

from typing import Final

VERDICTS: Final[dict[str, tuple[str, str]]] = {
    "about_case": ("{metric}, {subject}", "{subject}的“{metric}”"),
    "about_all": ("{metric}, all cases", "“{metric}”（全部）"),
    "verdict_b_less_time": (
        "{about}: {b} is {by} earlier than {a}, {level} % interval {low} to {high}; {n} replications.",
        "{about}：{b}比{a}早 {by}，{level}% 置信区间 {low} 至 {high}；推演 {n} 次。",
    ),
    "verdict_a_less_time": (
        "{about}: {b} is {by} later than {a}, {level} % interval {low} to {high}; {n} replications.",
        "{about}：{b}比{a}晚 {by}，{level}% 置信区间 {low} 至 {high}；推演 {n} 次。",
    ),
    "verdict_b_less_duration": (
        "{about}: {b} takes {by} less than {a}, {level} % interval {low} to {high}; {n} replications.",
        "{about}：{b}比{a}短 {by}，{level}% 置信区间 {low} 至 {high}；推演 {n} 次。",
    ),
    "verdict_a_less_duration": (
        "{about}: {b} takes {by} more than {a}, {level} % interval {low} to {high}; {n} replications.",
        "{about}：{b}比{a}长 {by}，{level}% 置信区间 {low} 至 {high}；推演 {n} 次。",
    ),
    "verdict_b_less_amount": (
        "{about}: {b} has {by} less than {a}, {level} % interval {low} to {high}; {n} replications.",
        "{about}：{b}比{a}少 {by}，{level}% 置信区间 {low} 至 {high}；推演 {n} 次。",
    ),
    "verdict_a_less_amount": (
        "{about}: {b} has {by} more than {a}, {level} % interval {low} to {high}; {n} replications.",
        "{about}：{b}比{a}多 {by}，{level}% 置信区间 {low} 至 {high}；推演 {n} 次。",
    ),
    "verdict_no_difference": (
        "{about}: no detectable difference between {a} and {b}, {level} % interval {from} to {to}; {n} replications.",
        "{about}：{a}与{b}没有可辨别的差异，{level}% 置信区间 {from} 至 {to}；推演 {n} 次。",
    ),
    "verdict_identical": (
        "{about}: {a} and {b} give the same in every one of {n} replications.",
        "{about}：{a}与{b}在 {n} 次推演中每次结果都相同。",
    ),
    "verdict_b_reaches_more": (
        "{about}: {b} reaches what {a} does not in {only_b} cases (the other way round in {only_a}); {n} replications.",
        "{about}：有 {only_b} 例只有{b}能在演练结束前完成（只有{a}能完成的 {only_a} 例）；推演 {n} 次。",
    ),
    "verdict_a_reaches_more": (
        "{about}: {a} reaches what {b} does not in {only_a} cases (the other way round in {only_b}); {n} replications.",
        "{about}：有 {only_a} 例只有{a}能在演练结束前完成（只有{b}能完成的 {only_b} 例）；推演 {n} 次。",
    ),
    "verdict_too_few": (
        "{about}: too few replications that both plans reached to compare {a} and {b}; {n} replications.",
        "{about}：两个方案都完成的次数太少，无法比较{a}与{b}；推演 {n} 次。",
    ),
    "verdict_unreached": (
        " Not by ENDEX: {miss_a} with {a}, {miss_b} with {b}.",
        "演练结束时仍未完成：{a} {miss_a} 例，{b} {miss_b} 例。",
    ),
}
