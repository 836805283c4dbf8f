"""What the reader sees: the server, the page, the map and the panels."""
