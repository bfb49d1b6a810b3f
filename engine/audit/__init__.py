"""Who did or read what. The doors: `log` appends, `selectors` reads, `chain` checks."""
