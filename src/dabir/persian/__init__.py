"""How is Persian written? Letters, digits, dates and working days; pure Python, nothing of ours below it."""
