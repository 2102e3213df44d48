"""A visitor's session taken out as a file, and files of ratings and watchlists brought in."""
