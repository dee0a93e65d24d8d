"""One module a command; `mlterms.cli.main` names them all and imports the one that is called."""
