"""From the bytes of a unified diff to files, counts and hunks; nothing here reads a repository."""
