"""The store in a relational database."""
