"""The widgets that screens are made of. They are told what to show, and send messages up."""
