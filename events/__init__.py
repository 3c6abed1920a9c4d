"""Articles to rows: who did what to whom, where and when, with the source's words."""
