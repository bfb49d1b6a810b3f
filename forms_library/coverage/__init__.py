"""How much of foreign forms is kept, walked and told: measured file by file against the source itself."""
