"""`python -m mlterms` is the `mlterms` command."""

from mlterms.cli.main import main

main()
