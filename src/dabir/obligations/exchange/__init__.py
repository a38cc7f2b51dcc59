"""What other systems are told of debts, and tell of them: tables whose columns are a profile, kept as data."""
