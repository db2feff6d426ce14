"""What each worksheet becomes: one module per medium."""
