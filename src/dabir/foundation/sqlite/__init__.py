"""SQLite as Django has it, but that a statement is put into the driver's form once."""
