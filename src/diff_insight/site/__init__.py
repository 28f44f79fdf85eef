"""Makes a static site from insight documents: lists, search and feeds around the HTML reports."""
