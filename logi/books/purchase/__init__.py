"""The purchase book: requests, approvals by amount, quotes, orders, acceptance, invoices, payments."""
