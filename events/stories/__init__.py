"""Rows to stories: which rows tell one event, why, and what each speaker claims of it.

    grouping.group(rows)       the stories of rows; grouping.why(rows) what put the rows of one story together
    claims.claims(rows)        a story's claims by speaker, its numbers from low to high, what changed
    keeping.regroup(store)     puts new and changed rows of a store into stories; split, undo_split, splits
    telling.as_text(rows)      a story as text; as_record(rows) as values for JSON; SAID names the grounds

Rows are read into reports (`report`, with `spots` for places and `kinship.yml` for what is known of words), found by
day and place (`index`, `nearby`), weighed in pairs (`weighing`, `evidence`) and merged (`grouping`). The dashboard and
the command line use the four modules above.
"""
