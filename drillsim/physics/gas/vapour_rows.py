"""Coefficients of vapour pressures; tools/vapour_pressure_table.py wrote them: chemicals 1.5.2 (MIT)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drillsim.physics.gas.vapour_pressure import Dippr101, Wagner

ROWS: Final[Mapping[str, Wagner | Dippr101]] = {
    "chlorine": Wagner(
        172.15, 416.96, 7991000, -6.43911, 1.48278, -1.21184, -2.02926, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "ammonia": Wagner(
        195.35, 405.5, 11359000, -7.30274, 1.64638, -2.01606, -1.96884, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "hydrogen_sulfide": Wagner(
        187.65, 373.1, 8999000, -6.50342, 1.52011, -1.36969, -1.96704, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "hydrogen_fluoride": Wagner(
        189.75, 461.15, 6480000, -9.73172, 5.07747, -2.98832, 5.51671, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "phosgene": Wagner(
        145.25, 455.05, 5674000, -6.82435, 0.89402, -0.50281, -4.67598, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "sulfur_dioxide": Wagner(
        199.95, 430.64, 7876000, -7.27858, 1.72871, -2.37473, -2.70464, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "benzene": Wagner(
        278.65, 562.01, 4901000, -7.11451, 1.83981, -2.25158, -3.15179, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "acrylonitrile": Dippr101(
        189.63, 535, 87.604, -6392.7, -10.101, 1.0891e-05, 2, "Perry's Handbook, 8th edition, table 2-8"
    ),
    "methanol": Wagner(
        175.45, 513.38, 8216000, -8.72963, 1.4586, -2.78449, -0.70669, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "hydrogen_cyanide": Wagner(
        259.85, 456.65, 5390000, -9.77338, 5.29679, -4.36059, 1.58018, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "hydrogen_chloride": Wagner(
        158.85, 324.65, 8310000, -6.63222, 1.06066, 0.05415, -4.45907, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "carbon_monoxide": Wagner(
        68.15, 132.86, 3498000, -6.19574, 1.32502, -0.95226, -1.98513, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "xylene": Wagner(
        286.45, 616.25, 3511000, -7.67395, 1.81953, -2.39673, -3.44627, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "ethanol": Wagner(
        159.05, 513.9, 6148000, -8.33803, 0.0872, -3.30575, -0.26001, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "propane": Wagner(
        85.45, 369.82, 4248000, -6.7148, 1.38388, -1.30695, -2.56827, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
    "methane": Wagner(
        90.65, 190.56, 4599000, -6.02388, 1.26813, -0.56948, -1.37648, "VDI Heat Atlas 2010, D3.1 (PPDS 3)"
    ),
}
"""By substance. Melting and critical point [K], critical pressure [Pa], and coefficients of the formula of each."""
