"""Progress of debts: what was planned, what the debtor reports, who stands for it, and what the secretariat found."""
