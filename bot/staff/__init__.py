"""The staff page: try the bot, see why, mend the knowledge, learn from what went wrong. On a listener of its own.

Never on the public origin: `bot.staff.listener` opens it on loopback, at its own port, only when there is a password.
"""
