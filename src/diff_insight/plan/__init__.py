"""Turns a long history into ranges to report on, and shares them out over jobs."""
