"""The closed vocabularies of an investment project, as the national system words them."""

from django.db import models


class InvestmentType(models.TextChoices):
    FDI = "fdi", "FDI"
    NON_FDI = "non-fdi", "Non-FDI"
    COMMITMENT = "commitment-to-invest", "Commitment to invest"


class FdiType(models.TextChoices):
    NEW_SITE = "new-site", "Creation of new site or activity"
    EXPANSION = "expansion", "Expansion of existing site or activity"
    MERGER = "merger", "Merger"
    ACQUISITION = "acquisition", "Acquisition"
    JOINT_VENTURE = "joint-venture", "Joint venture"
    RETENTION = "retention", "Retention"
    CAPITAL_ONLY = "capital-only", "Capital only"


class FdiValue(models.TextChoices):
    HIGHER = "higher", "Higher"
    GOOD = "good", "Good"
    STANDARD = "standard", "Standard"


class Likelihood(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class InvestorType(models.TextChoices):
    NEW = "new", "New Investor"
    EXISTING = "existing", "Existing Investor"


class Involvement(models.TextChoices):
    """Which parts of the national service take part, beside the region."""

    NONE = "none", "No Involvement"
    REGION = "region", "Region Only"
    HQ_REGION = "hq-region", "HQ and Region"
    POST_REGION = "post-region", "Post and Region"
    HQ_POST_REGION = "hq-post-region", "HQ, Post and Region"
    HQ = "hq", "HQ Only"
    POST = "post", "Post Only"
    HQ_POST = "hq-post", "HQ and Post Only"


class Driver(models.TextChoices):
    MARKET = "market", "Access to market"
    RESOURCES = "resources", "Access to resources"
    CLIENTS = "clients", "Access to clients"
    TECHNOLOGY = "technology", "Technology seeking"
    SKILLS = "skills", "Skills seeking"
    SUPPLIER = "supplier", "Proximity to supplier"
    INCENTIVE = "incentive", "Incentive driven"
    REGULATORY = "regulatory", "Regulatory driven"
    COST = "cost", "Cost reduction"
    OTHER = "other", "Other"


class Activity(models.TextChoices):
    ASSEMBLY = "assembly", "Assembly"
    CALL_CENTRE = "call-centre", "Call centre"
    DISTRIBUTION = "distribution", "Distribution"
    E_COMMERCE = "e-commerce", "E-commerce"
    EUROPEAN_HQ = "european-headquarters", "European headquarters"
    GLOBAL_HQ = "global-headquarters", "Global headquarters"
    KNOWLEDGE = "knowledge-centre", "Knowledge centre"
    MANUFACTURING = "manufacturing", "Manufacturing"
    RESEARCH = "research-and-development", "Research & development (R&D)"
    RETAIL = "retail", "Retail"
    SALES = "sales", "Sales"
    SERVICES = "services", "Services"
    SHARED_SERVICES = "shared-service-centre", "Shared service centre"
    OTHER = "other", "Other"


class Referral(models.TextChoices):
    """What brought the project to us."""

    COLD_CALL = "cold-call", "Cold call"
    DIRECT = "direct-enquiry", "Direct enquiry"
    EVENT = "event", "Event"
    MARKETING = "marketing", "Marketing"
    MULTIPLIER = "multiplier", "Multiplier"
    NONE = "none", "None"
    OTHER = "other", "Other"
    RELATIONSHIP = "relationship", "Relationship management activity"
    PERSONAL = "personal-reference", "Personal reference"
    WEBSITE = "website", "Website"
