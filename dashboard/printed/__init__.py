"""The print edition: what the panel says, in full, on A4 paper, with the map, the sources and the way back."""
