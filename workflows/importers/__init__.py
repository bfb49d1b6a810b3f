"""One file for each foreign format of workflows."""
