"""Finding what is wrong before anyone is mailed."""
