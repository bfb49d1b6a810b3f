"""What drills let the product do, each in a process of its own with the settings of the moment."""
