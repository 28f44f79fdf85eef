"""diff-insight: complete diffs told as localized insight reports."""

__version__ = "0.1.0"
