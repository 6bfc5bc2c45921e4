"""The clinic and its website in JSON-LD: pure functions from records to dicts."""

from django.conf import settings

from delivery.json_ld import absolute, without_empty


def clinic_id():
    """The `@id` of the clinic on every page."""
    return absolute("/#clinic")


def hours_node(**more):
    """`OpeningHoursSpecification`."""
    return {"@type": "OpeningHoursSpecification", **more}


def clinic_node(clinic, days=()):
    """`MedicalClinic`: what the clinic has filled in, and its week (`clinic.opening_hours`), as shown."""
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
                    dayOfWeek=f"https://schema.org/{period.Weekday(period.weekday).name.capitalize()}",
                    opens=f"{period.opens:%H:%M}",
                    closes=f"{period.closes:%H:%M}",
                )
                for day in days
                for period in day.periods
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
