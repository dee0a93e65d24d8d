"""The names of the styles of prose and code. Every list has them, also one with neither."""

PROSE_STYLES = {
    f"prose--{name}"
    for name in (
        "em", "strong", "code", "link", "heading", "formula", "example", "prompt", "comment", "output",
        "wrong", "mark", "quote", "match",
    )
}  # fmt: skip

CODE_STYLES = ("code", "comment", "string", "keyword", "number")
