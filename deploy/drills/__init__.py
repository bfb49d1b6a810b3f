"""Rehearsals of what goes wrong: own servers on this machine, and the product's own applications as load."""
