"""What the diff alone does not show: why people made it, what they declare, what breaks elsewhere."""
