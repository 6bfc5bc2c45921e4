"""Deleting pictures and documents, and where they are used: what is in use stays, for a page would lose it."""

from wagtail.documents.views import documents
from wagtail.documents.views.bulk_actions import DeleteBulkAction as DeleteDocumentsBulkAction
from wagtail.images.views import images
from wagtail.images.views.bulk_actions import DeleteBulkAction as DeleteImagesBulkAction

from publishing.usage_views import BulkDeleteUnusedMixin, DeleteUnusedMixin, DraftUsageMixin


class ImageUsageView(DraftUsageMixin, images.UsageView):
    pass


class DeleteImageView(DeleteUnusedMixin, images.DeleteView):
    pass


class DeleteImages(BulkDeleteUnusedMixin, DeleteImagesBulkAction):
    list_url_name = "wagtailimages:index"


class DocumentUsageView(DraftUsageMixin, documents.UsageView):
    pass


class DeleteDocumentView(DeleteUnusedMixin, documents.DeleteView):
    pass


class DeleteDocuments(BulkDeleteUnusedMixin, DeleteDocumentsBulkAction):
    list_url_name = "wagtaildocs:index"
