"""Makes hostile text harmless in Markdown, and Markdown readable as plain text."""
