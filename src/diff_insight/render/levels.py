"""The levels of a report, for those who render."""

from diff_insight.report.levels import LEVELS, Level, largest_level, utf8_size

__all__ = ["LEVELS", "Level", "largest_level", "utf8_size"]
