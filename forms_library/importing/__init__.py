"""What all importers of foreign forms share: limits, the report, and the way to a form that can be asked."""
