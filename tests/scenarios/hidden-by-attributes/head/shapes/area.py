"""Areas."""


def square(side, unit):
    return side**2 * unit
