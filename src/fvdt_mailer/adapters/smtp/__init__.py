"""Handing messages to a mail server over SMTP (RFC 5321), in lock-step, on blocking sockets."""
