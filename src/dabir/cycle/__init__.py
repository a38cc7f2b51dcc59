"""What follows from what? Acts that move two rooms at once, each one verb in one transaction."""
