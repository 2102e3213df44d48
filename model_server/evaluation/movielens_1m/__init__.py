"""The two published protocols on MovieLens 1M: leave-one-out and global time."""
