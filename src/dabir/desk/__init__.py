"""What do I do today? The staff's web pages: they parse and show, hold no rule, and call the rooms below."""
