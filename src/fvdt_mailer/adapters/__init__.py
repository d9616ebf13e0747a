"""Means: one outside thing per file, each serving a port."""
