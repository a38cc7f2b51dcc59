"""Who is who? Places, parties, bodies, seats, posts, tenures."""
