"""A newsletter and event mailer for a folder under version control."""
