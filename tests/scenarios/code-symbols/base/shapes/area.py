"""Areas of plane shapes."""

import math

PRECISION = 2


def circle(radius: float) -> float:
    """Return the area of a circle."""
    return round(math.pi * radius**2, PRECISION)


def square(side: float) -> float:
    return side * side


def triangle(base: float, height: float) -> float:
    return base * height / 2


def _halved(value: float) -> float:
    return value / 2
