"""What came and went, under which number? So far the letters that a secretariat sends."""
