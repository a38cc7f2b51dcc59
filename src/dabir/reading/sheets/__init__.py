"""Sheets of offices → plain values: tables of cells, the columns of an old register, its rows as debts."""
