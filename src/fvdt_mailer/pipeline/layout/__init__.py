"""From a letter to a rendition: HTML and text."""
