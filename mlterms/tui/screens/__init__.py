"""The screens, each beside the .tcss that says how it looks."""
