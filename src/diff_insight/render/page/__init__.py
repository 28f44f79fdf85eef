"""The HTML report: one page that is read without a script, with its largest patches beside it."""
