"""The HTTP interface: one blueprint a topic; a view is parse, call, dump."""
