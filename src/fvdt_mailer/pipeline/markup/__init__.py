"""HTML read back as mail clients read it."""
