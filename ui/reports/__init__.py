"""The page of reports: what waits, the library, one report with its drafts."""
