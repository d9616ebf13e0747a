"""What programs from outside find, told as problems."""
