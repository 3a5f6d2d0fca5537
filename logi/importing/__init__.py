"""The import floor: files -> numbered rows -> findings -> one entry. A book declares its kinds in its importing.py."""
