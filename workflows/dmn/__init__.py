"""DMN: models of other tools are read and worked out; decision tables come in and go out."""
