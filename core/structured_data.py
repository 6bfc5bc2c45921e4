"""
JSON-LD: pure functions from records to dicts, one linked graph a page.

Every value stands on the page, too. Terms are those of schema.org.
"""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def absolute(path):
    """The public address of a path of this site; addresses with a host stay as they are."""
    return path if path.startswith("http") else f"{settings.SITE_URL}{path}"


def without_empty(node):
    """The node without what is not known: None, empty texts, lists and dicts."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def clinic_id():
    """The `@id` of the clinic on every page."""
    return absolute("/#clinic")


def hours_node(**more):
    """`OpeningHoursSpecification`."""
    return {"@type": "OpeningHoursSpecification", **more}


def clinic_node(clinic, days=()):
    """`MedicalClinic`: what the clinic has filled in, and its week (see `core.hours`), as the footer shows them."""
    geo = None
    if clinic.map_url and clinic.latitude is not None and clinic.longitude is not None:
        geo = {"@type": "GeoCoordinates", "latitude": float(clinic.latitude), "longitude": float(clinic.longitude)}
    address = without_empty(
        {
            "streetAddress": clinic.street_address,
            "addressLocality": clinic.locality,
            "addressRegion": clinic.region,
            "postalCode": clinic.postal_code,
        }
    )
    if address:
        address = {"@type": "PostalAddress", **address, "addressCountry": "US"}
    return without_empty(
        {
            "@type": "MedicalClinic",
            "@id": clinic_id(),
            "name": clinic.name or settings.WAGTAIL_SITE_NAME,
            "url": absolute("/"),
            "telephone": clinic.phone_e164,
            "email": clinic.email,
            "address": address,
            "geo": geo,
            "hasMap": clinic.map_url,
            "openingHoursSpecification": [
                hours_node(
                    dayOfWeek=f"https://schema.org/{stretch.Weekday(stretch.weekday).name.capitalize()}",
                    opens=f"{stretch.opens:%H:%M}",
                    closes=f"{stretch.closes:%H:%M}",
                )
                for day in days
                for stretch in day.stretches
            ],
            "specialOpeningHoursSpecification": [
                # Opening and closing at the same minute means closed.
                hours_node(validFrom=f"{closed}", validThrough=f"{closed}", opens="00:00", closes="00:00")
                for day in days
                if (closed := day.closed_on)
            ],
            "sameAs": [profile.url for profile in clinic.profiles.all()],
        }
    )


def website_node(clinic):
    """`WebSite`."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "url": absolute("/"),
        "name": clinic.name or settings.WAGTAIL_SITE_NAME,
        "inLanguage": "en-US",
        "publisher": {"@id": clinic_id()},
    }


def breadcrumb_node(page, chrome):
    """`BreadcrumbList` of the pages above, named as the page names them, and the page itself; None for home."""
    above = chrome.trail(page.breadcrumbs)
    if not above:
        return None
    trail = [*((link.label, link.url) for link in above), (page.title, page.url)]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{absolute(page.url)}#breadcrumbs",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(url)}
            for position, (name, url) in enumerate(trail, start=1)
        ],
    }


def web_page_node(page, kind="WebPage", **more):
    """A `WebPage` or one of its kinds; `more` adds or replaces properties."""
    url = absolute(page.url)
    return without_empty(
        {
            "@type": kind,
            "@id": f"{url}#page",
            "url": url,
            "name": page.title,
            "description": page.description,
            "inLanguage": "en-US",
            "isPartOf": {"@id": absolute("/#website")},
            "breadcrumb": {"@id": f"{url}#breadcrumbs"} if page.breadcrumbs else None,
            "dateModified": page.content_updated_at.isoformat() if page.content_updated_at else None,
            **more,
        }
    )


def page_graph(page, request, kind="WebPage", **more):
    """The nodes of a page: clinic, site, breadcrumbs, the page."""
    from core.chrome import chrome_of

    chrome = chrome_of(request)
    nodes = [
        clinic_node(chrome.clinic, chrome.hours),
        website_node(chrome.clinic),
        breadcrumb_node(page, chrome),
        web_page_node(page, kind, **more),
    ]
    return [node for node in nodes if node]


def serialize(nodes):
    """The graph as text that is safe inside a script element, whatever an editor typed."""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, default=str)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  (<, > and & cannot occur any more)
