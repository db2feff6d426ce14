"""Reading pages: what is added to the words of an author, so that a page reads, prints and is found well."""
