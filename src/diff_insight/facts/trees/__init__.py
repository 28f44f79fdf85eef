"""Reads structured files as trees of keys and values that know their lines."""
