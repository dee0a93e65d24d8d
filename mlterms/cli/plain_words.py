"""What the quiz in plain lines says of its own use."""

WHAT_TO_WRITE = """
Write your answer or an option's number; if you do not know, press Enter twice, or once where you answer in
your own words.
`/help` lists what else you can write, `/undo` undoes an answer, `/quit` leaves.
"""
"""Before the first question."""

HELP = """
At any question:

- Enter twice says that you do not know, or once where you answer in your own words; so does `0`, where there
  is something to pick
- `/card` shows the card of the term, `/demo` runs its demo
- `/undo` undoes the last answer, `/redo` redoes it
- `/right` counts a typed answer that was refused for a slip of the keyboard
- `/flag` flags this question or removes the flag
- `/known` brings it back later, as if you had rated it Easy, in practice too; `/reset` makes it new
- `/sure` asks how sure you are before each verdict, or stops asking
- `/skip` leaves this question for another session, `/bury` for tomorrow, `/suspend` until you bring it back
- `/quit` ends here, and so does the end of the input. Nothing is lost: an answer that was shown counts, and a
  question without an answer comes first next time
"""
"""What `/help` says."""
