"""Open cases moved to another version of their service: where each goes on, if it can, and back again."""
