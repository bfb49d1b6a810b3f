"""What all exporters of forms share."""
