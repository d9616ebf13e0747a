"""What a mail uses that some mail programs do not have."""
