"""A mail as different mail programs show it."""
