"""Dates, times, lists, prices and sentences in the language of the reader."""
