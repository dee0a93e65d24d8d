"""The ground floor: errors, paths, settings, trust, the clock, and the cleaning of text for a terminal."""
