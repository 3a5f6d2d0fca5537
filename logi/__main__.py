"""`python -m logi`."""

from logi.cli import main

main()
