"""What is promised about keeping; the page, docs/privacy.md and the replies say the same."""

KEPT_DAYS = 7  # a conversation, and every plan or code of it, after its last message
