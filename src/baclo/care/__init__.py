"""What to do: findings of rules, and plans through one gate."""
