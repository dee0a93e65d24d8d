"""Help texts of the plain-text quiz."""

WHAT_TO_WRITE = """
Type your answer or an option's number. If you do not know, press Enter twice; once is enough where you
answer in your own words.
`/help` lists what else you can type, `/undo` undoes an answer, `/quit` leaves.
"""
"""Before the first question."""

HELP = """
At any question:

- Press Enter twice if you do not know; once is enough where you answer in your own words. `0` does the same
  where there are options
- `/card` shows the card of the term, `/demo` runs its demo
- `/undo` undoes the last answer, `/redo` redoes it
- `/right` counts a typed answer as right after a typing slip
- `/flag` flags this question or removes the flag
- `/known` brings this question back later, as if you had rated it Easy, in practice too;
  `/reset` makes it new
- `/sure` asks how sure you are before each verdict, or stops asking
- `/skip` leaves this question for another session, `/bury` for tomorrow, `/suspend` until you bring it back
- `/quit` ends here, and so does the end of the input. Nothing is lost: an answer that was shown counts, and a
  question without an answer comes first next time
"""
"""What `/help` says."""
