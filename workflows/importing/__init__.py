"""What importers of workflows have in common."""
