"""The clinic and its website in JSON-LD: pure functions from records to dicts."""

from django.conf import settings

from delivery.json_ld import absolute, without_empty

# As Google reads it: a day that opens and closes at midnight is closed.
CLOSED = {"opens": "00:00", "closes": "00:00"}


def clinic_id():
    """The `@id` of the clinic on every page."""
    return absolute("/#clinic")


def hours_node(**more):
    """`OpeningHoursSpecification`."""
    return {"@type": "OpeningHoursSpecification", **more}


def clinic_node(clinic, days=(), special_hours=()):
    """
    The clinic as far as it is filled in; its week and special hours (`clinic.opening_hours`), as shown.

    A `MedicalClinic` is a place to go to: without a street there is none, and an `Organization` has no opening hours.
    """
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
            **(_place_properties(clinic, days, special_hours) if clinic.has_street_address else {}),
            "sameAs": [profile.url for profile in clinic.profiles.all()],
        }
    )


def _place_properties(clinic, days, special_hours):
    """What only a place has."""
    geo = None
    if clinic.map_url and clinic.latitude is not None and clinic.longitude is not None:
        geo = {"@type": "GeoCoordinates", "latitude": float(clinic.latitude), "longitude": float(clinic.longitude)}
    return {
        "@type": "MedicalClinic",
        "geo": geo,
        "hasMap": clinic.map_url,
        "openingHoursSpecification": [
            hours_node(
                dayOfWeek=f"https://schema.org/{period.Weekday(period.weekday).name.capitalize()}", **_times(period)
            )
            for day in days
            for period in day.periods
        ],
        "specialOpeningHoursSpecification": [
            hours_node(validFrom=f"{hours.day}", validThrough=f"{hours.until or hours.day}", **times)
            for hours in special_hours
            for times in [_times(period) for period in hours.periods] or [CLOSED]
        ],
    }


def _times(period):
    return {"opens": f"{period.opens:%H:%M}", "closes": f"{period.closes:%H:%M}"}


def clinic_stub(clinic):
    """`Organization` by name, who publishes; the home page and the visit page say the rest."""
    return {
        "@type": "Organization",
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
