"""The quick reader of YAML, which must not be given thousands of brackets: it does not outlive them."""

from __future__ import annotations

import yaml

# Seven times faster; a PyYAML built without libyaml lacks it, and reads the same.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LONGEST = 20_000  # characters that it may be given at once, where nothing else counts their brackets
