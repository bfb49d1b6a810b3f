"""Every text of a definition in n languages: listed, measured, taken out to translators and brought back."""
