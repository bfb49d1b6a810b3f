"""From measured costs to pods, database and storage for the years to come."""
