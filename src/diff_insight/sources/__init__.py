"""Where diffs come from: one adapter per module behind `ports.DiffSource`."""
