"""The tests: one file a module, named for it."""
