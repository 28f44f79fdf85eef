"""Assembles the insight document of each category."""
