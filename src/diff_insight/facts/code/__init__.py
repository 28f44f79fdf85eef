"""Facts about the symbols that code declares: what came, went, or changed for those who use it."""
