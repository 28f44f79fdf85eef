"""What a library offers to callers, compared version by version: one reader and one table of rules a language."""
