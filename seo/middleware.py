"""The date of a page's content in its answer."""

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import http_date

from core.models import BasePage
from disclaimers.last_modified import last_modified


class LastModifiedMiddleware(MiddlewareMixin):
    """
    Tells of a page when its content last changed: the date that the sitemap gives.

    More stands on a page than its content, and some of that changes by the clock. The date alone
    must not decide that nothing has changed: the ETag of all that is sent does (docs/decisions/0004).
    """

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        context = response.context_data or {}
        page = context.get("page")
        if not (isinstance(page, BasePage) and page.pk and response.status_code == 200):
            return response
        # Wagtail asks for the password of a page with the page itself in its context.
        if "action_url" in context or getattr(request, "is_preview", False):
            return response
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
        # Without it, who keeps a dated answer may go on for days without asking.
        patch_cache_control(response, no_cache=True)
        if changed_at := last_modified(page, request):
            response["Last-Modified"] = http_date(changed_at.timestamp())
        return response
