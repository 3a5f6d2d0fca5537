"""The roll-up book: units above and below, what each hands up of a month, programmes that run over many schools."""
