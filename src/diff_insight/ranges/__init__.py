"""From what was typed to two commits."""
