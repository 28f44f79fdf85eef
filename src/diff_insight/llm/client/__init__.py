"""Writes texts with a model over HTTP: who is asked, how often, at what cost, and what is kept."""
