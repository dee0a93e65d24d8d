"""The kinds of marks, one file each. `mlterms.plot` offers all of them."""
