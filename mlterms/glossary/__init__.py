"""The glossary: Markdown in, `Term` and `Question` out; grammar, expressions, drawn numbers, the graph."""
