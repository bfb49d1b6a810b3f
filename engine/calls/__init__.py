"""Calling other machines over HTTP: allowed machines only, secrets by name, signatures out and in."""
