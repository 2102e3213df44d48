"""The catalogue as files: what the stores are filled from."""
