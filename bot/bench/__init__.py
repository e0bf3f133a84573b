"""Measures the bot beside stock Rasa, and what it costs as work grows."""
