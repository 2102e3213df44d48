"""Starting, supervising and packaging the two processes."""
