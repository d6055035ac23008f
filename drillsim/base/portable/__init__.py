"""Elementary functions that give the same bits on every processor and operating system.

The functions of numpy and of the standard library end in another last bit where the processor has other vector units or
the operating system another mathematical library, and a trace would depend on the machine. These use only operations
whose result IEEE 754 prescribes: ``+ - * /``, square roots, comparisons, and scaling by powers of two. A float
gives a float, an array an array, and both give the same bits. Errors are below 2 units in the last
place.

Outside their domain they return what numpy returns (nan, infinities), without a warning.

References
----------
W. J. Cody, W. Waite, Software Manual for the Elementary Functions, Prentice-Hall 1980 (reduction of the argument).
P.-T. P. Tang, ACM Trans. Math. Software 15 (1989) 144 and 16 (1990) 378 (exponential and logarithm from tables).
J.-M. Muller, Elementary Functions, 3rd ed., Birkhäuser 2016 (exact sums and products of two numbers).
"""

from drillsim.base.portable.exponential import exp, expm1, tanh
from drillsim.base.portable.logarithm import log, log1p, log10
from drillsim.base.portable.powers import cbrt, geometric, hypot, power, square
from drillsim.base.portable.trigonometry import arcsin, arctan2, cos, sin, tan

__all__ = [
    "arcsin",
    "arctan2",
    "cbrt",
    "cos",
    "exp",
    "expm1",
    "geometric",
    "hypot",
    "log",
    "log1p",
    "log10",
    "power",
    "sin",
    "square",
    "tan",
    "tanh",
]
