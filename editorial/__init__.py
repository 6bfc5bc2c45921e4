"""Tools for staff over all content."""
