"""Write drillsim/physics/gas/vapour_rows.py:  pip install chemicals; python tools/vapour_pressure_table.py"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

CAS = {
    "chlorine": "7782-50-5", "ammonia": "7664-41-7", "hydrogen_sulfide": "7783-06-4",
    "hydrogen_fluoride": "7664-39-3", "phosgene": "75-44-5", "sulfur_dioxide": "7446-09-5", "benzene": "71-43-2",
    "acrylonitrile": "107-13-1", "methanol": "67-56-1", "hydrogen_cyanide": "74-90-8",
    "hydrogen_chloride": "7647-01-0", "carbon_monoxide": "630-08-0", "xylene": "106-42-3", "ethanol": "64-17-5",
    "propane": "74-98-6", "methane": "74-82-8",
}  # fmt: skip
"""Substances that the library knows; petroleum products are mixtures and are not in it."""
WAGNER, DIPPR = "VDI Heat Atlas 2010, D3.1 (PPDS 3)", "Perry's Handbook, 8th edition, table 2-8"
HEAD = '''"""Coefficients of vapour pressures; tools/vapour_pressure_table.py wrote them: chemicals {version} (MIT)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drillsim.physics.gas.vapour_pressure import Dippr101, Wagner

ROWS: Final[Mapping[str, Wagner | Dippr101]] = {{
{rows}}}
"""By substance. Melting and critical point [K], critical pressure [Pa], and coefficients of the formula of each."""
'''
OUT = Path(__file__).parents[1] / "drillsim" / "physics" / "gas" / "vapour_rows.py"


def main() -> None:
    """Look every substance up and write the module."""
    tables = import_module("chemicals.vapor_pressure")
    wagner, dippr = tables.Psat_data_VDI_PPDS_3, tables.Psat_data_Perrys2_8
    rows = []
    for name, cas in CAS.items():
        if cas in wagner.index:
            r = wagner.loc[cas]
            made = _call("Wagner", [r.Tm, r.Tc, r.Pc, r.A, r.B, r.C, r.D], WAGNER)
        else:
            r = dippr.loc[cas]
            made = _call("Dippr101", [r.Tmin, r.Tmax, r.C1, r.C2, r.C3, r.C4, r.C5], DIPPR)
        rows.append(f'    "{name}": {made},\n')
    OUT.write_text(HEAD.format(version=version("chemicals"), rows="".join(rows)), encoding="utf-8")


def _call(formula: str, numbers: list[float], source: str) -> str:
    return f'{formula}({", ".join(f"{float(n):.10g}" for n in numbers)}, "{source}")'


if __name__ == "__main__":
    sys.exit(main())
