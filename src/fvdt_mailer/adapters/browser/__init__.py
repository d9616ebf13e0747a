"""Mails looked at in the Chromium that is installed."""
