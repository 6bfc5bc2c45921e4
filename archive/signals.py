"""What the archive tells other rooms."""

from django.dispatch import Signal

# A page was looked at for the record: `page`; `before`, its row until then, and `row`, the new one, each or None;
# `because`, the fact, source or other record whose change was the cause, or None.
page_recorded = Signal()
