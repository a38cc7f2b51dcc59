"""What does this paper say? Pure Python: a file's bytes in, `Minutes` with findings out."""
