"""What a packet becomes: one PDF for each paper, a FHIR bundle, plain text, a page."""
