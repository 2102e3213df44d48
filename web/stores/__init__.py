"""Where sessions and the catalogue are kept, each behind one Protocol and opened by URL."""
