"""Measures what reports say: specific facts, unsupported tokens, types, highlights, breaking changes."""
