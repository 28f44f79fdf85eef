"""Assembles the insight document of each category, and gives it its JSON form."""
