"""Activities as calendar entries."""
