"""Catalogs, locale names, and the forms in which values appear in a sentence."""
