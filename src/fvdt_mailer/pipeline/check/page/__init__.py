"""What is wrong with a mail as HTML."""
