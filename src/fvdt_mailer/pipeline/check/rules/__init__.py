"""The rules, a group a module: what goes wrong for readers, and where that is written."""
