"""Puts reports where people look: one target per module."""
