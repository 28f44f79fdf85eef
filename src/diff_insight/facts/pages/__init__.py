"""Facts about pages: Markdown and reStructuredText."""
