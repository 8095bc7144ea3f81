"""How an outcome is told: to a clinician, a printer, a notebook, a machine. Nothing is computed here but its form."""
