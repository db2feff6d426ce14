"""The site under test."""

from building import project, site

__all__ = ["project", "site"]
