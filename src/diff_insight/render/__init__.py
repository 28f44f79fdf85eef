"""Turns an insight document into Markdown, HTML or JSON, piece by piece."""
