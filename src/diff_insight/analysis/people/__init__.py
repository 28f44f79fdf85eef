"""What people say about a range: titles of pull requests and commits, entries and fragments of changelogs."""
