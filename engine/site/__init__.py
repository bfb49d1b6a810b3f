"""Whether this site may be written to: a setting, a switch, and a database that stands by all say no."""
