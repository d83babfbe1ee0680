"""From a report's drafts to lines of the ledger: the library, the queue, the decisions."""
