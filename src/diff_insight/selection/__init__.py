"""Which files are reported, in which category, and which count as generated."""
