"""Judges honest texts and planted falsehoods about recorded diffs as a report judges a model's texts."""
