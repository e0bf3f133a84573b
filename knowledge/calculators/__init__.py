"""Calculators over the knowledge base: pure functions, three-valued (yes, no, unknown), every figure read from its card."""
