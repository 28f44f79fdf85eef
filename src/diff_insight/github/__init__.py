"""Everything that is GitHub's: events, its APIs, and the protocol of the Actions runner."""
