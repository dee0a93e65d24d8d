"""mlterms: a glossary, a quiz and live demos for the vocabulary of machine learning, in the terminal."""

__version__ = "0.1.0"
