"""The desk of an author: from a spreadsheet to a checked, geocoded story, step by step."""
