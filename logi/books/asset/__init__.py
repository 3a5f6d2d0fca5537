"""The book of assets: cards, custody, loans, disposal by approval, depreciation, the monthly audit by category."""
