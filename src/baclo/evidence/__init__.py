"""What is claimed of the drug, and what in the program answers it."""
