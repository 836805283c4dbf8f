"""Drawing the map with Folium; the only package that imports it."""
