"""The list of investment projects as a file in the national system's shape."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from enquiries import data_hub
from exports.csv import download


def export(model_admin, request):
    """Every row of the list as it is filtered, searched and sorted: the address says which."""
    if not model_admin.has_export_permission(request):
        raise PermissionDenied
    try:
        listed = model_admin.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return redirect("admin:enquiries_investmentproject_changelist")
    return download(
        data_hub.rows(listed.queryset),
        data_hub.COLUMNS,
        what="investment projects",
        filters=request.GET.urlencode(),
        by=request.user,
    )
