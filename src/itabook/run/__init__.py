"""From a book to executed notebooks: plan, execute with papermill, finish for the publisher."""
