"""What a library offers to callers, compared version by version: a reader and rules for each language."""
