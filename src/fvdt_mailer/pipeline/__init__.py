"""Verbs: pure functions, one noun into the next."""
