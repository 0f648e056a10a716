"""Every setting of the site, in one file. The environment overrides what is marked so.

docs/operate/settings.md lists each variable; a test holds the two together.
"""

import zoneinfo

# Alberta stopped changing its clocks on 2026-11-01. Python prefers the system's zone files, which on most machines
# still show every winter hour one hour wrong; the locked `tzdata` package is right, so only it is read.
zoneinfo.reset_tzpath(to=[])

import os  # noqa: E402 - the zone path is set before anything can look at a clock
import secrets  # noqa: E402
from ipaddress import ip_network  # noqa: E402
from pathlib import Path  # noqa: E402
from urllib.parse import parse_qsl, unquote, urlsplit  # noqa: E402

from django.core.exceptions import ImproperlyConfigured  # noqa: E402


def _env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def _flag(name: str, *, default: bool) -> bool:
    value = _env(name, "yes" if default else "no").strip().lower()
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; write yes or no.")
    return value == "yes"


PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(_env("SECOR_DATA", "data")).resolve()
DEMONSTRATION = _flag("SECOR_DEMONSTRATION", default=False)
DEBUG = _flag("SECOR_DEBUG", default=False)
HTTPS = _flag("SECOR_HTTPS", default=False)
SITE_URL = _env("SECOR_SITE_URL", f"http://localhost:{_env('SECOR_PORT', '8000')}").rstrip("/")


def _secret_key() -> str:
    """Read the signing secret, making one on the first start so that no two sites share a default."""
    if given := _env("SECOR_SECRET_KEY"):
        return given
    kept = DATA / "secret-key"
    try:
        if not kept.exists():
            DATA.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(kept, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64))
        return kept.read_text().strip()
    except OSError as no:
        raise ImproperlyConfigured(
            f"{DATA} cannot be used ({no.strerror}). Give SECOR_DATA a folder to write in."
        ) from no


SECRET_KEY = _secret_key()
KEYS = DATA / "keys"  # the private halves of what signs certificates and the register; never in the database
LOG = DATA / "log"  # the last published checkpoint of the public log; it outlives a restored backup
SIGNING_KEYS = _env("SECOR_SIGNING_KEYS")
PKCS11_MODULE, PKCS11_TOKEN = _env("SECOR_PKCS11_MODULE"), _env("SECOR_PKCS11_TOKEN", "secor")
PKCS11_PIN = _env("SECOR_PKCS11_PIN")
ALLOWED_HOSTS = [host for host in _env("SECOR_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "secor.store",
    "secor.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "secor.web.security.PolicyMiddleware",
    "secor.web.files.size.SizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "secor.web.door.DoorMiddleware",
    "secor.web.once.OnceMiddleware",
]

ROOT_URLCONF = "secor.config.urls"
WSGI_APPLICATION = "secor.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "builtins": ["secor.web.templatetags.secor"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "secor.web.context.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
        },
    },
]


def _sqlite() -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "secor.sqlite3",
        "CONN_MAX_AGE": None,
        # A file, because the shared in-memory kind locks whole tables and so tells nothing about acts done at once.
        "TEST": {"NAME": DATA / "test.sqlite3"},
        "OPTIONS": {
            # IMMEDIATE: a transaction that will write takes its turn at once instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: an acknowledged write survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
        },
    }


def _postgres(url: str) -> dict[str, object]:
    at = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(at.path.lstrip("/")),
        "USER": unquote(at.username or ""),
        "PASSWORD": unquote(at.password or ""),
        "HOST": unquote(at.hostname or ""),
        "PORT": str(at.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(at.query)),
    }


DATABASE_URL = _env("SECOR_DATABASE_URL")
if DATABASE_URL and not DATABASE_URL.startswith(("postgres://", "postgresql://")):
    raise ImproperlyConfigured("SECOR_DATABASE_URL must begin with postgresql:// (leave it out to use SQLite).")
DATABASES = {"default": _postgres(DATABASE_URL) if DATABASE_URL else _sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "secor.Person"
AUTHENTICATION_BACKENDS = ["secor.web.account.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},  # NIST SP 800-63B-4 for a password that stands alone
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "account:desk"
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "secor.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SIGNUP_FORM_CLASS = "secor.web.account.forms.NameForm"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "SECOR"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # http://localhost is a secure context for passkeys

SESSION_ENGINE = "secor.store.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "secor.web.refusals.stale_form"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _flag("SECOR_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The name that Django 6 gives this setting; secor.web.security.PolicyMiddleware speaks it until then.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}

LANGUAGE_CODE = "en-ca"
LANGUAGES = [("en-ca", "English"), ("fr-ca", "Français")]
TIME_ZONE = "America/Edmonton"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(_env("SECOR_STATIC", str(DATA / "static")))
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _flag("SECOR_FINGERPRINT", default=True)
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not _flag("SECOR_FINGERPRINT", default=True)
MEDIA_ROOT = DATA / "files"  # never served as a folder: evidence goes out through a page that asks who is reading
FILE_UPLOAD_PERMISSIONS = 0o600
EVIDENCE_MAX_BYTES = 25 * 1024 * 1024
AUDIT_FILE_MAX_BYTES = 300 * 1024 * 1024  # a whole audit with its photos
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

_mail = urlsplit(_env("SECOR_MAIL_URL"))
_MAIL_PORTS = {"": 25, "smtp": 25, "smtp+starttls": 587, "smtps": 465}
if _mail.scheme not in _MAIL_PORTS:
    raise ImproperlyConfigured("SECOR_MAIL_URL must begin with smtp://, smtp+starttls:// or smtps://.")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _mail.scheme else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or _MAIL_PORTS[_mail.scheme]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+starttls"
EMAIL_TIMEOUT = 20
try:
    WEBHOOKS_WITHIN = tuple(ip_network(each) for each in _env("SECOR_WEBHOOKS_WITHIN").split(",") if each)
except ValueError as no:
    raise ImproperlyConfigured(f"SECOR_WEBHOOKS_WITHIN must be networks such as 10.1.0.0/16: {no}.") from no
HELP_PHONE = _env("SECOR_HELP_PHONE", "780-555-0143" if DEMONSTRATION else "")
HELP_EMAIL = _env("SECOR_HELP_EMAIL", "help@demonstration.example" if DEMONSTRATION else "")
DEFAULT_FROM_EMAIL = _env("SECOR_MAIL_FROM", "SECOR <no-reply@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secrets": {"()": "secor.web.unlogged.SecretsLeftOut"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
