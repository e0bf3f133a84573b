"""The knowledge of Wegwijs: content, schema, tables, conditions and trajectories. Knows nothing of Rasa or HTTP."""
