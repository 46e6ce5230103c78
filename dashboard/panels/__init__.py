"""The panels under the board, one file each."""
