"""Stories a person would tell, played in a real Chromium."""
