"""What is wrong with the words a person wrote."""
