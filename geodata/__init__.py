"""Names to places: an offline gazetteer and the resolution of ambiguous names."""
