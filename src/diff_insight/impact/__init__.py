"""Impact on the reader: where a change elsewhere touches the code that one has oneself."""
