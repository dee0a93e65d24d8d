"""What is seen of mlterms in a terminal, on Textual: the app, its screens and widgets. No click.

Nothing is imported here, so that modules without Textual in this room stay cheap.
"""
