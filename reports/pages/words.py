"""What stands in the address of a copy beside the report's own parameters."""

LANGUAGE = "in"
