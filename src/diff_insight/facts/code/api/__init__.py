"""What a library offers to callers, compared version by version: one reader and one table of rules a language."""
from diff_insight.facts.code.api.go import go_changes
from diff_insight.facts.code.api.java import java_changes


def all_changes(sides):
    yield from go_changes(sides)
    yield from java_changes(sides)
    from diff_insight.facts.code.api.rust import rust_changes
    yield from rust_changes(sides)
