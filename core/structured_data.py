"""
JSON-LD: pure functions from records to dicts, one linked graph a page.

Every value stands on the page, too. Terms are those of schema.org.
"""

import json
import re

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe

from core.sizes import renditions

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
            **clinic_stub(clinic),
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


def clinic_stub(clinic):
    """`MedicalClinic` by name; the home page and the visit page say the rest."""
    return {
        "@type": "MedicalClinic",
        "@id": clinic_id(),
        "name": clinic.name or settings.WAGTAIL_SITE_NAME,
        "url": absolute("/"),
    }


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


def breadcrumb_node(trail, url):
    """`BreadcrumbList` of (name, path) pairs from home down to the page at `url`; None for home."""
    if len(trail) < 2:
        return None
    return {
        "@type": "BreadcrumbList",
        "@id": f"{url}#breadcrumbs",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }


def list_node(url, ids):
    """`ItemList` of what stands on pages of its own, by the `@id`s that they give it."""
    return {
        "@type": "ItemList",
        "@id": f"{url}#list",
        "numberOfItems": len(ids),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "item": {"@id": item}}
            for position, item in enumerate(ids, start=1)
        ],
    }


def picture_node(picture, place, caption=""):
    """`ImageObject` of a picture as it is shown at a place, with its credit; None where it cannot be shown."""
    made = [*renditions(picture, place).values()]
    if not made:
        return None
    return without_empty(
        {
            "@type": "ImageObject",
            "contentUrl": absolute(made[-1].url),
            "width": made[-1].width,
            "height": made[-1].height,
            "caption": caption,
            "creditText": picture.rights_holder,
        }
    )


def picture_nodes(body):
    """The pictures of a text."""
    figures = [block.value for block in body if block.block_type == "figure"]
    nodes = [picture_node(figure["image"], "figure", figure["caption"]) for figure in figures]
    return [node for node in nodes if node]


# What the texts are about, as schema.org sorts it. Nothing here says that anything is approved for anything.
_SUBJECTS = {
    "Drug": ["ketamine", "esketamine", "Spravato"],
    "MedicalCondition": [
        "treatment-resistant depression",
        "depression",
        "anxiety",
        "PTSD",
        "bipolar disorder",
        "substance use disorders",
        "chronic pain",
        "fibromyalgia",
        "migraine",
        "nerve pain",
        "complex regional pain syndrome",
    ],
    "MedicalTherapy": ["ketamine infusion therapy", "ketamine infusion", "psychotherapy"],
}


def subject_nodes(text):
    """The conditions, therapies and drugs that a text names, each as it is first written there."""
    nodes = []
    for kind, names in _SUBJECTS.items():
        # The longest name first: who writes of treatment-resistant depression has not named depression, too.
        longest_first = sorted(names, key=len, reverse=True)
        found = re.findall(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", text, re.IGNORECASE)
        written = {name.casefold(): name for name in reversed(found)}
        nodes += [{"@type": kind, "name": written[key]} for key in dict.fromkeys(name.casefold() for name in found)]
    return nodes


def day_of(moment):
    """The day of a moment as readers see it, in ISO format; None for None."""
    return timezone.localdate(moment).isoformat() if moment else None


def web_page_node(url, name, kind="WebPage", **more):
    """A `WebPage` or one of its kinds; `more` adds or replaces properties."""
    return without_empty(
        {
            "@type": kind,
            "@id": f"{url}#page",
            "url": url,
            "name": name,
            "inLanguage": "en-US",
            "isPartOf": {"@id": absolute("/#website")},
            # What is written here is for patients, not for clinicians.
            "audience": {"@type": "Patient"} if kind == "MedicalWebPage" else None,
            **more,
        }
    )


def page_graph(page, request, kind=None, route="", route_name="", **more):
    """
    The nodes of a page: clinic, site, breadcrumbs, the page.

    `route` is the path within the page of what is shown, `route_name` its heading.
    """
    from core.chrome import chrome_of

    chrome = chrome_of(request)
    path = f"{page.url}{route}"
    url, name = absolute(path), str(route_name or page.heading)
    above = [*page.breadcrumbs, page] if route_name else page.breadcrumbs
    trail = [*((link.label, link.url) for link in chrome.trail(above)), (name, path)]
    breadcrumbs = breadcrumb_node(trail, url)
    if kind is None:
        kind = "MedicalWebPage" if page.is_clinical else "WebPage"
    known = {
        "breadcrumb": {"@id": breadcrumbs["@id"]} if breadcrumbs else None,
        "dateModified": day_of(page.content_updated_at) if page.shows_its_change else None,
    }
    nodes = [
        clinic_node(chrome.clinic, chrome.hours) if page.shows_clinic else clinic_stub(chrome.clinic),
        website_node(chrome.clinic),
        breadcrumbs,
        web_page_node(url, name, kind, **{**known, **more}),
    ]
    return [node for node in nodes if node]


def collection_graph(page, request, listed, **more):
    """The nodes of a page that lists others, each of which has a `node_id`; hidden ones are left out."""
    nodes = page_graph(page, request, kind="CollectionPage", **more)
    ids = [item.node_id for item in listed if not item.hide_from_search_engines]
    if not ids:
        return nodes
    url = nodes[-1]["url"]
    nodes[-1]["mainEntity"] = {"@id": f"{url}#list"}
    return [*nodes, list_node(url, ids)]


def serialize(nodes):
    """The graph as text that is safe inside a script element, whatever an editor typed."""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, default=str)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  (<, > and & cannot occur any more)
