def home_cover(request, shape):
    pass


def opportunity_cover(request, slug, shape):
    pass
