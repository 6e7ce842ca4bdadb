from django import forms

from enquiries.forms.fields import TelephoneOfCountry
from enquiries.models import Enquiry


class EnquiryRecordForm(TelephoneOfCountry, forms.ModelForm):
    """Staff correct what an investor typed. The original stays beside it."""

    class Meta:
        model = Enquiry
        fields = []
