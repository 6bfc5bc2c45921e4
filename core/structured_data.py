"""
JSON-LD: pure functions from records to dicts, one linked graph a page.

Every value stands on the page, too. Terms are those of schema.org.
"""

import re

from django.utils import timezone

from clinic.structured_data import clinic_node, clinic_stub, website_node
from core.head import truncate
from delivery.json_ld import absolute, without_empty
from media.structured_data import picture_node


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


def picture_nodes(body):
    """The pictures of a text."""
    figures = [block.value for block in body if block.block_type == "figure"]
    nodes = [picture_node(figure["image"], "figure", figure["caption"]) for figure in figures]
    return [node for node in nodes if node]


def page_pictures(page):
    """The lead picture of a page, then those of its text."""
    lead = picture_node(page.lead_picture, "lead", page.lead_caption)
    return [*([lead] if lead else []), *picture_nodes(page.body)]


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
        "neuropathic pain",
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


def _whole_clinic_node(page, site_context):
    week = site_context.hours
    in_week = [day.special for day in week if day.special]
    return clinic_node(site_context.clinic, week, site_context.special_hours if page.lists_special_hours else in_week)


def page_graph(page, site_context, kind=None, route="", route_name="", **more):
    """
    The nodes of a page: clinic, site, breadcrumbs, the page.

    `site_context` (see `clinic.site_context.SiteContext`) knows the clinic and the way to the page.
    `route` is the path within the page of what is shown, `route_name` its heading.
    """
    path = f"{page.url}{route}"
    url, name = absolute(path), str(route_name or page.heading)
    above = [*page.breadcrumbs, page] if route_name else page.breadcrumbs
    trail = [*((link.label, link.url) for link in site_context.trail(above)), (name, path)]
    breadcrumbs = breadcrumb_node(trail, url)
    if kind is None:
        kind = "MedicalWebPage" if page.is_clinical else "WebPage"
    known = {
        "description": None if route else truncate(page.said_in_short),
        "breadcrumb": {"@id": breadcrumbs["@id"]} if breadcrumbs else None,
        "dateModified": day_of(page.content_updated_at) if page.shows_modified_date else None,
    }
    nodes = [
        _whole_clinic_node(page, site_context) if page.shows_clinic else clinic_stub(site_context.clinic),
        website_node(site_context.clinic),
        breadcrumbs,
        web_page_node(url, name, kind, **{**known, **({} if route else page.review_properties), **more}),
    ]
    return [node for node in nodes if node]


def collection_graph(page, site_context, listed, **more):
    """The nodes of a page that lists others with a `node_id`; those kept from search engines are left out."""
    nodes = page_graph(page, site_context, kind="CollectionPage", **more)
    ids = [item.node_id for item in listed if not item.hide_from_search_engines]
    if not ids:
        return nodes
    url = nodes[-1]["url"]
    nodes[-1]["mainEntity"] = {"@id": f"{url}#list"}
    return [*nodes, list_node(url, ids)]
