"""The steps from the bytes of a YAML file to its data, each with plain words for what can go wrong."""
