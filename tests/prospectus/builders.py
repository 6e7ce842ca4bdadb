"""Records that tests add to the real content; only what is required, nothing random."""

from opportunities.models import Opportunity
from publishing.publication import publish


def make_opportunity(slug, *, publish_it=True, languages=("en", "ko"), **facts):
    opportunity = Opportunity.objects.create(
        slug=slug,
        title_en=f"Tidal project {slug}",
        title_ko=f"조력 사업 {slug}",
        summary_en="A summary.",
        summary_ko="요약입니다.",
        **{"stage": "design", "district": "wirral"} | facts,
    )
    if publish_it:
        publish([opportunity], languages, by=None)
    return opportunity
