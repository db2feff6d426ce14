"""The pure core: worksheets from YAML to pages, paper and forms, knowing nothing of MkDocs."""
