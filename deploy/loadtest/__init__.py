"""`./run loadtest`: citizens and clerks at once, on this machine, and what they cost."""
