"""What the drug does: models as data, two engines, courses."""
