"""The names of the styles in which Markdown and code are drawn. Every list widget declares all of them."""

PROSE_STYLES = {
    f"prose--{name}"
    for name in (
        "em", "strong", "code", "link", "heading", "formula", "example", "prompt", "comment", "output",
        "wrong", "mark", "quote", "match",
    )
}  # fmt: skip

CODE_STYLES = ("code", "comment", "string", "keyword", "number")
