"""The library: stories, places and time, without any dashboard."""
