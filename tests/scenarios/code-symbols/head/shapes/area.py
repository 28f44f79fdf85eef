"""Areas of plane shapes."""

import math
from functools import cache

PRECISION = 4


@cache
def circle(radius: float, unit: str) -> float:
    """Return the area of a circle."""
    return round(math.pi * radius**2, PRECISION)


def triangle(base: float, height: float, *, exact: bool = False) -> float:
    area = base * height / 2
    return area if exact else round(area, PRECISION)
