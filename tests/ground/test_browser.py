"""The guards of the browser tests themselves: what they must catch, they catch."""
