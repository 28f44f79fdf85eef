"""Tells a story in one locale: titles, explanations, headline, highlights, insights, summary."""
