"""From facts to a type for each file, by documented and ordered rules."""
