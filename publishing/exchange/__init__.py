"""Texts out to translators and back, as XLIFF 1.2 and as a spreadsheet.

entries: what is taken out, one entry a record, field and language. xliff, spreadsheet: the two formats. files: which
of them a file is, and whether it is safe to read. damage: tags and tokens that a translation lost. dry_run: what an
import would do, text by text. applying: does it, and undoes it.
"""
