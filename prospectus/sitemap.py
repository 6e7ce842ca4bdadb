def sitemap_entries():
    return []
