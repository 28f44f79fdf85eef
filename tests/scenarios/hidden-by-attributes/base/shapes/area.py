"""Areas."""


def circle(radius):
    return 3.14 * radius**2


def square(side):
    return side**2
