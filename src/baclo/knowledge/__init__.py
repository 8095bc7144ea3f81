"""What is known: facts with their sources, proved at load."""
