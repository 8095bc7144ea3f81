"""Who and what is asked: one person at one moment."""
