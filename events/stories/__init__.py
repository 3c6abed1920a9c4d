"""Rows to stories: which rows tell one event, why, and what each speaker claims of it."""
