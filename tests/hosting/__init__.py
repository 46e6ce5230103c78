"""Ways to host the app, each carried out on this machine."""
