"""What is wrong with a mail as a message: its headers, its text part, its duties."""
