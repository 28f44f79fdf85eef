"""Whether two things of both versions are the same one, or read the same."""
