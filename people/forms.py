"""The form of an author in the editor of a page."""

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm


class AuthorshipForm(WagtailAdminModelForm):
    """Brings back the name of an author whose page is gone: a draft keeps it nowhere but in the form."""

    kept_name = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["kept_name"] = self.instance.name

    def clean(self):
        cleaned = super().clean()
        self.instance.name = cleaned.get("kept_name") or ""
        return cleaned
