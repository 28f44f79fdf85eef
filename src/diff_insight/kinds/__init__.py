"""What each kind of fact and of story item means, declared once: one row a kind."""
