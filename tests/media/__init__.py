"""Tests of `stagebox.media`."""
