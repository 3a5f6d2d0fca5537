"""The money book: claims and their invoices, what was paid, funds, budgets, notices, vouchers, returns."""
