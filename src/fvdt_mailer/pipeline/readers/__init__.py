"""From the rows of an audience file to entrants, and back to cells that are safe."""
