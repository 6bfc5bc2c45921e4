"""
Settings, read from the environment. Production is the default; DEBUG=1 relaxes.

Every variable read here stands in `.env.example` and in the README.
"""

import os
import re
import zoneinfo
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.prefix = ""
# The environment itself wins over the file.
environ.Env.read_env(env.str("ENV_FILE", default="") or BASE_DIR / ".env")

# An empty line ("SITE_URL=") means: as by default.
env.ENVIRON = {name: value for name, value in os.environ.items() if value}


def _switch(name, default="0"):
    """Whether a variable is on; anything but a clear yes or no is an error."""
    text = env.str(name, default=default).lower()
    if text not in {"0", "1", "false", "no", "off", "on", "true", "yes"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0; it is {text!r}.")
    return text in {"1", "on", "true", "yes"}


DEBUG = _switch("DEBUG")

# Where everything lives that is not code: database, media, documents.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()

# --- Secrets -----------------------------------------------------------------


def _secret_key():
    """
    SECRET_KEY, or the content of SECRET_KEY_FILE; production does not start without one.

    `make run` writes one into the data folder: manage.py, called by hand, finds it there.
    """
    if key := env.str("SECRET_KEY", default=""):
        return key
    made = DATA_DIR / "secret-key"
    if path := env.str("SECRET_KEY_FILE", default="") or (made if made.exists() else ""):
        try:
            key = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(f"SECRET_KEY_FILE cannot be read: {error}") from error
        if key:
            return key
    if DEBUG:
        return "development-only-never-in-production"
    raise ImproperlyConfigured(
        "Set SECRET_KEY (or SECRET_KEY_FILE) to a long random text, or DEBUG=1 for development. "
        "`make run` makes one for you."
    )


SECRET_KEY = _secret_key()

# --- One origin --------------------------------------------------------------

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").strip().rstrip("/").lower()
_LOOKS_LIKE = re.compile(r"https?://([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f]*:[0-9a-f:.]+\])(:[0-9]+)?")
try:
    _origin = urlsplit(SITE_URL)
    _is_origin = bool(_LOOKS_LIKE.fullmatch(SITE_URL)) and _origin.port != 0
except ValueError:  # a port that is none, brackets without an address
    _is_origin = False
if not _is_origin:
    raise ImproperlyConfigured(
        f"SITE_URL must look like https://www.example.org (scheme and host, no path); it is {SITE_URL!r}."
    )
SITE_HOST = _origin.hostname
SITE_PORT = _origin.port or (443 if _origin.scheme == "https" else 80)
IS_HTTPS = _origin.scheme == "https"
_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

ALLOWED_HOSTS = [f"[{SITE_HOST}]" if ":" in SITE_HOST else SITE_HOST]
ALLOWED_HOSTS += [name.strip() for name in env.list("EXTRA_HOSTS", default=[]) if name.strip()]
if SITE_HOST in {"127.0.0.1", "localhost", "::1"}:
    ALLOWED_HOSTS += _LOOPBACK
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin reads it in JavaScript; Django's default
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel frames the site's own pages
if _switch("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Applications ------------------------------------------------------------

INSTALLED_APPS = [
    "innerbloom",
    "starter",
    "editorial",
    "staff",
    "quality",
    "seo",
    "search",
    "pages",
    "blog",
    "faq",
    "reviews",
    "archive",
    "people",
    "evidence",
    "disclaimers",
    "core",
    "redirects",
    "trash",
    "clinic",
    "media",
    "sharing",
    "publishing",
    "jobs",
    "accounts",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "staff.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "delivery.middleware.BrotliMiddleware",
    # Behind compression, which makes every answer differ: what is asked for again is compared as it was written.
    "django.middleware.http.ConditionalGetMiddleware",
    "delivery.middleware.CleanAddressMiddleware",
    "delivery.middleware.OneHostMiddleware",
    "delivery.middleware.PrivateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "text.middleware.CleanFormMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "redirects.middleware.RedirectMiddleware",
    "trash.middleware.TrashMiddleware",
    "seo.middleware.LastModifiedMiddleware",
    "publishing.middleware.PublishingBlockedMiddleware",
    "publishing.middleware.MissingReferencesMiddleware",
]

ROOT_URLCONF = "innerbloom.urls"
WSGI_APPLICATION = "innerbloom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.context_processors.site_context",
            ],
        },
    },
]

# --- Data --------------------------------------------------------------------

_embedded = f"sqlite:///{quote(str(DATA_DIR / 'db.sqlite3'))}"  # folders may bear any name
_url = env.str("DATABASE_URL", default=_embedded)
try:
    _is_known = urlsplit(_url).scheme in {"postgres", "postgresql", "sqlite"}
    _database = env.db_url_config(_url) if _is_known else {}
except ValueError:
    _database = {}
if not _database.get("NAME"):  # said without its value, which may hold a password
    raise ImproperlyConfigured(
        "DATABASE_URL must look like postgres://user:password@host:5432/name or sqlite:////folder/file. "
        "Signs of a password that mean something in an address are written as %40 and the like."
    )
DATABASES = {"default": _database}
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        # WAL and an immediate write lock: concurrent publishing waits instead of failing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
    }
    _database["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # a file, as in production; not memory
    _database["CONN_MAX_AGE"] = None  # reads survive a full disk on an open connection
else:
    _database.setdefault("CONN_MAX_AGE", 60)  # seconds
    _database["CONN_HEALTH_CHECKS"] = True
    # Where small tables had never been analyzed, compiling a query (JIT) took a second, running it a millisecond.
    _database.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
DOCUMENTS_ROOT = DATA_DIR / "documents"  # never below MEDIA_ROOT: only a view hands them out
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static"))).resolve()
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DOCUMENTS_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "delivery.staticfiles.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# --- People ------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # seconds; of links handed over as of those sent by mail

# --- Language and time -------------------------------------------------------

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("TIME_ZONE", default="America/Los_Angeles")
try:
    zoneinfo.ZoneInfo(TIME_ZONE)
except (KeyError, OSError, ValueError) as error:
    raise ImproperlyConfigured(f"TIME_ZONE must look like America/Los_Angeles; it is {TIME_ZONE!r}.") from error
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "innerbloom.formats"  # 12 hours, in lists as in forms
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Mail --------------------------------------------------------------------

try:
    EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
except (ValueError, ImproperlyConfigured) as error:  # said without its value, too
    raise ImproperlyConfigured("EMAIL_URL must look like smtp+tls://user:password@host:587.") from error
vars().update(EMAIL_CONFIG)
EMAIL_BACKEND = "jobs.mail.QueueEmailBackend"  # requests write to a queue
MAIL_TRANSPORT_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]  # by which the runner sends what stands in it
if MAIL_TRANSPORT_BACKEND.endswith(".console.EmailBackend"):  # which would print password links
    MAIL_TRANSPORT_BACKEND = "jobs.mail.LogEmailBackend"
EMAIL_TIMEOUT = 10  # seconds that the runner waits for a word of the mail server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"website@{SITE_HOST}")

# --- Links to other sites ----------------------------------------------------

CHECK_LINKS = _switch("CHECK_LINKS", default="1")  # whether the runner asks other sites if they still answer

# --- Wagtail -----------------------------------------------------------------

WAGTAIL_SITE_NAME = "Innerbloom Ketamine Therapy"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # every time in the admin is the clinic's
WAGTAIL_I18N_ENABLED = False
# Dates and times in forms are clinic/form_fields.py; these two are for the filters of lists, Wagtail's own.
WAGTAIL_DATE_FORMAT = "%m/%d/%Y"
WAGTAIL_DATETIME_FORMAT = "%m/%d/%Y %I:%M %p"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # the admin asks no other host either
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "exact"  # never without the place on the page that was typed
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "media.ClinicImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.ClinicImageForm"
# What a browser offers to choose and what is kept; what comes in is read by what it is, not by its name.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64 * 1000 * 1000  # a 48-megapixel phone picture passes
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"heic": "jpeg", "avif": "avif", "webp": "webp"}
WAGTAILDOCS_DOCUMENT_MODEL = "media.ClinicDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.forms.ClinicDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx"]
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILEMBEDS_FINDERS = []  # nothing from other hosts is embedded
_DRAFTAIL = "core.rich_text.RichTextArea"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    # Running text: facts and references are tokens that evidence/ provides.
    "default": {
        "WIDGET": _DRAFTAIL,
        "OPTIONS": {"features": ["bold", "italic", "ol", "ul", "link", "document-link", "fact", "reference"]},
    },
    "answer": {
        "WIDGET": _DRAFTAIL,
        "OPTIONS": {"features": ["bold", "italic", "link", "fact", "reference"]},
    },
    "line": {"WIDGET": _DRAFTAIL, "OPTIONS": {"features": ["link", "fact"]}},
    "plain": {"WIDGET": _DRAFTAIL, "OPTIONS": {"features": ["bold", "italic", "link"]}},
    "figure": {"WIDGET": _DRAFTAIL, "OPTIONS": {"features": ["bold", "fact", "reference"]}},
}
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 10
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "search.backend",
        # The same stemming on every PostgreSQL, whatever its default configuration says.
        "SEARCH_CONFIG": "english",
    }
}

# At once and inside the transaction: what the reference index does not know yet, nothing protects.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "ENQUEUE_ON_COMMIT": False}}

SILENCED_SYSTEM_CHECKS = ["security.W019"]  # framed by itself alone: see X_FRAME_OPTIONS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"level": "INFO"},
        "wagtail": {"level": "WARNING"},
        "willow": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
}
