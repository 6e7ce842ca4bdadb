"""Invented enquiries in any number, to see how lists, exports and clocks hold: `manage.py make_sample`.

Nobody and nothing in them exists: names are put together, addresses end in .example, telephone numbers are of ranges
that are kept for fiction or that no exchange gives out.
"""
