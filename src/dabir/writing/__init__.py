"""How does a record leave? Plain values in, bytes out; pure Python that knows no database."""
