from django import forms
from django.core.exceptions import ValidationError

from enquiries.forms.fields import international
from enquiries.models import Enquiry


class EnquiryRecordForm(forms.ModelForm):
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

    def clean(self):
        content = super().clean()
        if content.get("telephone"):
            try:
                content["telephone"] = international(content["telephone"], content.get("country"))
            except ValidationError as error:
                self.add_error("telephone", error)
        return content
