"""Texts by a language model: what it is asked, how it is called, and what of its answers is believed."""
