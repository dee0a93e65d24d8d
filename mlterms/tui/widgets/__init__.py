"""The widgets that screens are made of. They are given what to show, and send messages to their screen."""
