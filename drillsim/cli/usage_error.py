"""The error of an invalid command line."""

from __future__ import annotations

import typer


class WrongUsage(typer.BadParameter):
    """A usage error: a text of the context ``usage`` and the values that it is filled with."""

    def __init__(self, key: str, ctx: typer.Context | None = None, **values: object) -> None:
        super().__init__(key, ctx=ctx)
        self.key = key
        self.values = values
