"""Goes on where the last report ended: cursors, due ranges, and what became of each category."""
