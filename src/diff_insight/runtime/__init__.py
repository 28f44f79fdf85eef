"""How work is run: in helper processes, in a child with limits, without garbage collection, with values on disk."""
