"""Every address that is not a page; all others go to Wagtail, last."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from blog.feeds import AtomFeed, RssFeed, article_feed
from delivery import views as delivery_views
from disclaimers.views import standing_notice
from editorial.approval_messages import ApprovalView
from editorial.styleguide import styleguide
from jobs.forgotten_password import ForgottenPasswordView
from media import views as media_views
from operations import views as operations_views
from publishing.usage_views import PageUsageView
from search.views import search
from seo import views as seo
from sharing.views import shared_draft
from trash.reports import PageKindsReportView

urlpatterns = [
    path("healthz", operations_views.health, name="health"),
    path("favicon.ico", delivery_views.favicon),
    # Before Wagtail's own, which apps cannot replace from within.
    path(
        "admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        require_admin_access(ApprovalView.as_view()),
    ),
    path("admin/password_reset/", ForgottenPasswordView.as_view()),
    path("admin/pages/<int:page_id>/usage/", require_admin_access(PageUsageView.as_view())),
    path("admin/reports/page-types-usage/", require_admin_access(PageKindsReportView.as_view())),
    path(
        "admin/reports/page-types-usage/results/", require_admin_access(PageKindsReportView.as_view(results_only=True))
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", media_views.media, name="media"),
    path("robots.txt", seo.robots),
    path("sitemap.xml", seo.sitemap, name="sitemap"),
    re_path(r"^sitemap-(?P<part>[1-9][0-9]{0,3})\.xml$", seo.sitemap),
    path("llms.txt", seo.llms),
    path("<path:path>/index.md", seo.markdown_page),
    path("feed/atom/", article_feed, {"feed_type": AtomFeed}),
    path("feed/rss/", article_feed, {"feed_type": RssFeed}),
    path("search/", search, name="search"),
    path("shared-draft/", shared_draft, name="shared_draft"),
    path("styleguide/", styleguide, name="styleguide"),
    path("disclaimer/", standing_notice, name="standing_notice"),
    path("", include(wagtail_urls)),
]

handler400 = "delivery.views.bad_request"
handler403 = "delivery.views.permission_denied"
handler404 = "delivery.views.page_not_found"
handler500 = "delivery.views.server_error"
