"""Times as they are written in the admin's lists, in Django's words for formats: 5:00 PM, as in its forms."""

TIME_FORMAT = "g:i A"
DATETIME_FORMAT = "N j, Y, g:i A"
SHORT_DATETIME_FORMAT = "m/d/Y g:i A"
