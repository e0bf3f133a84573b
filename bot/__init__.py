"""What carries the conversation: NLU components, web channel, web page and command line."""
