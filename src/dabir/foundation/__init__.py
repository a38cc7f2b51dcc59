"""What does every room stand on? Sign-in, ledger, files, access, search."""
