"""Fact families: each module reads one kind of fact from a file; `registry` lists them in order."""
