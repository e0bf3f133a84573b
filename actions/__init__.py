"""Custom actions: thin; they ask the knowledge base and word the reply. Know nothing of HTTP."""
