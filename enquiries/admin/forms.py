from django import forms

from enquiries.forms.fields import TelephoneOfCountry
from enquiries.models import Enquiry


class EnquiryRecordForm(TelephoneOfCountry, forms.ModelForm):
    """Staff correct what an investor typed, and move the enquiry on, saying why."""

    stage_why = forms.CharField(
        label="Why the stage changes",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Kept with the change.",
    )

    class Meta:
        model = Enquiry
        fields = []
