// Of the project's own.
