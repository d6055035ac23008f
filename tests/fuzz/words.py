"""Values that have broken programs before: what a mutant puts in the place of a good one."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

NUMBERS: Final[tuple[Any, ...]] = (
    0, -1, 1, 2, 0.5, -0.0, 1e-12, 1e9, -1e9, 1e18, 1e308, 2**31, 2**63, 2**64, 10**30, float("inf"), float("-inf"),
    float("nan"), 90, 91, -90, 180, 181, 255, 65536,
)  # fmt: skip

TEXTS: Final = (
    "", " ", "0", "-1", "1e9", "nan", ".inf", "-.inf", "yes", "no", "on", "null", "~", "true", "[]", "{}", "0x10", "0o17",
    "1_000", "١٢", "1,5", "1 234", "5 min", "-5 min", "1e99 h", "25:61", "24:00", "07:00", "2021-02-30", "2021-03-29",
    "9999-12-31 23:59", "0001-01-01", "2021-03-29T07:00:00+08:00", "day 3 07:00", "1:2:3", "now", "../../etc/passwd",
    "/dev/zero", "con", "a b", "a/b", "a--b:c", "a,b", "a\nb", "a\tb", "a\0b", "\ufeff", "\u202eabc", "e\u0301", "ﬁ",
    "𝟙", "😀", "省消防救援总队", "<script>alert(1)</script>", "![x](http://127.0.0.1:9/a.png)", "http://127.0.0.1:9/",
    "url(http://127.0.0.1:9/)", "=1+1", "@SUM(A1)", "%s%n", "{0}", "{name}", "{{x}}", "$HOME", "`id`", "';--", "&amp;",
    "&lol;", "*anchor", "&anchor", "!!python/object:os.system", "<<", "#", "---", "...", "|", ">", "?", "\\", '"', "'",
    "x" * 300, "长" * 120, "x" * 20_000,
)  # fmt: skip

OTHERS: Final[tuple[Any, ...]] = (
    None, True, False, [], {}, [[]], [None], {"": None}, [1, 2, 3], {"a": {"a": {"a": 1}}}, date(2021, 3, 29), b"bytes",
)  # fmt: skip

BYTES: Final = (
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\t", b"\x1a", b"\x85", b"\xe2\x80\xa8", b"\xc0\x80", b"\xed\xa0\x80",
    b"\xb5\xda", b"\x1b[31m", b"\0" * 64, b"\xff" * 64,
)  # fmt: skip
