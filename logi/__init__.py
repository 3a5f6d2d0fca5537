"""logi: one ledger for the bursar's desk."""

__version__ = "0.1.0"
