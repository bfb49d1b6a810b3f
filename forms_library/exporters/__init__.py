"""One file for each format that a form can be written in."""
