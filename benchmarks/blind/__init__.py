"""Pairs of texts about one diff, for readers who do not know which is whose, and the count of their verdicts."""
