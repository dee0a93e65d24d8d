"""What a new card and a new deck begin with. The comments of a card are not shown to learners."""

from __future__ import annotations

import json

_CARD = """---
title: {title}
topic: {topic}
needs: []
contrast: []
aliases: []
sources: []
{demo}---

<!-- The definition: one sentence of at most 25 words that can be read aloud once and understood. -->
{title} is …

## In plain words

<!-- One image, at most 120 words. In one sentence: where it stops holding. -->
…

## Precisely

<!-- The formula, every symbol, the convention: at most 150 words. -->
    y = …

- y: …

## Worked example

```python
>>> 1 + 1
2
```

<!-- A block that begins with ```python check is run by `mlterms check` and shown to nobody: compute in it
what the text says. -->

## Watch out

<!-- The cards that come with mlterms have 3 to 5 of these. -->
- *"What many people believe."* What is right, with a number from the example: 2.

## Questions

<!-- The first question can be answered from the definition alone. -->

### choice: what-it-is
What is {title}?
- [x] … — why
- [ ] something else — why not

### cloze: name
<!-- All that fair people type, the form that is shown first. -->
… is called {{{{{title}}}}}.
---
…
"""


def new_card(title: str, topic: str, demo: str = "") -> str:
    """The text of a card to be filled in. demo: the name of its demo, "" for none."""
    plain = (
        title if title.replace(" ", "").replace("-", "").isalnum() else json.dumps(title, ensure_ascii=False)
    )
    its_demo = f"demo: {demo}\n" if demo else ""
    return _CARD.format(title=title, topic=topic, demo=its_demo).replace(
        f"title: {title}\n", f"title: {plain}\n", 1
    )


def new_deck(deck_id: str, title: str) -> str:
    """The text of a `deck.toml` without cards."""
    return (
        f'id = "{deck_id}"\n'
        f"title = {json.dumps(title, ensure_ascii=False)}\n"
        "order = []          # who comes first where the cards leave a choice\n\n"
        "[topics]            # id = title, in the order in which they are shown\n"
        'general = "General"\n\n'
        "# Cards of your own may be short. Without these two lines, `mlterms check` asks for as much as the\n"
        "# cards have that come with mlterms.\n"
        "# check: off length because these are short notes\n"
        "# check: off watch-out because these are short notes\n"
    )
