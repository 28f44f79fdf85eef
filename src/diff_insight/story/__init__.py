"""Between facts and words: what matters, how it relates, what is said once, what is left unsaid."""
