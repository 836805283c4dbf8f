"""Scripts that make the lines and the base map from waypoints and OpenStreetMap; never imported at run time."""
