"""Use cases: what a person can ask for."""
