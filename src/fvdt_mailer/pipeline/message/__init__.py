"""From a rendition to one reader's message, in bytes."""
