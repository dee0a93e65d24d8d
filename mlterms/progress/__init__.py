"""What the learner's history adds up to: the figures of Progress and the sentences that say them."""
