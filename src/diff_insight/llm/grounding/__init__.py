"""Tells which concrete tokens of a text no source has: numbers, dates, names, paths, addresses."""
