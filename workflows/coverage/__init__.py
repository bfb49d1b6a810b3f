"""How much of foreign workflows is carried, played, refused, timed and kept going: the figures W1 to W5."""
