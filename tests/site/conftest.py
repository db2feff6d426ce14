"""The site under test."""

from building import project, site, small_project

__all__ = ["project", "site", "small_project"]
