"""The threads of a category: what has one cause is told once, in the words of the people who made it."""
