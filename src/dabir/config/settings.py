"""Settings: every one has a default that works on one machine; the environment says what differs.

`DABIR_HOME` (default ./var) holds the database, the files and the secret key.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from dabir.config.oidc import openid_connect, origin_of
from dabir.foundation.backup.swapping import finish

PACKAGE = Path(__file__).resolve().parent.parent
env = environ.Env()

DABIR_HOME = Path(env.str("DABIR_HOME", default="var")).resolve()
DABIR_HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
finish(DABIR_HOME)  # a restore that was killed

# The sample lives on a day of its own, or every debt in it would be years late; `DABIR_TODAY` says another.
SAMPLE_DAY = DABIR_HOME / "sample_day"
if SAMPLE_DAY.exists():
    os.environ.setdefault("DABIR_TODAY", SAMPLE_DAY.read_text(encoding="ascii").strip())


def _secret_key() -> str:
    """The key in the environment, else the one kept in DABIR_HOME, made on the first start and readable by us alone."""
    if key := env.str("SECRET_KEY", default=""):
        return str(key)
    path = DABIR_HOME / "secret_key"
    if not path.exists():
        # Written aside and linked: nobody, and no next start after a kill, finds a key that is half there.
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=DABIR_HOME) as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            with contextlib.suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ADDRESS = env.str("DABIR_ADDRESS", default="")
"""Where everybody reaches Dabir, for the codes on its papers; without it, where whoever asks for a paper reaches it."""
BEHIND_TLS = env.bool("BEHIND_TLS", default=False)
TRUSTED_PROXY = env.str("TRUSTED_PROXY", default="127.0.0.1")
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the address that the proxy adds to X-Forwarded-For is the visitor's

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "dabir.foundation",
    "dabir.directory",
    "dabir.letters",
    "dabir.meetings",
    "dabir.obligations",
    "dabir.cycle",
    "dabir.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # the line is slow; Django pads answers, so that lengths tell nothing
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dabir.desk.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dabir.desk.acting.ActingMiddleware",
    "dabir.desk.nul.NulMiddleware",
    "dabir.desk.sent_once.OnceMiddleware",
    "dabir.desk.errors.DomainErrorMiddleware",
]

ROOT_URLCONF = "dabir.config.urls"
WSGI_APPLICATION = "dabir.config.wsgi.application"

# Our pages are Jinja2; Django's own engine stays for the templates that libraries bring.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "desk" / "templates"],
        "OPTIONS": {
            "environment": "dabir.desk.jinja.environment",
            "context_processors": ["dabir.desk.jinja.page_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]


SQLITE = "dabir.foundation.sqlite"


def _database() -> dict[str, Any]:
    """SQLite in DABIR_HOME unless DATABASE_URL names another database.

    With SQLite's own defaults concurrent writers are refused; WAL, IMMEDIATE and a timeout make them wait instead.
    PostgreSQL compiles what it takes for a costly query, who sees what among them, for longer than it runs.
    Plans are kept for statements about one row alone (`prepared.planned_cursor`); behind a pooler whose connections
    change with each transaction the address ends in `?prepare_threshold=1000000000`, which is never.
    """
    if env.str("DATABASE_URL", default=""):
        named = env.db("DATABASE_URL")
        if named["ENGINE"].endswith("postgresql"):
            named["OPTIONS"] = {"options": "-c jit=off", "prepare_threshold": 5} | named.get("OPTIONS", {})
        elif named["ENGINE"].endswith("sqlite3"):
            named["ENGINE"] = SQLITE
        return {**named, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": SQLITE,
        "NAME": DABIR_HOME / "dabir.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
            "PRAGMA journal_size_limit=33554432;",
        },
        # A live server in tests has threads of its own, which a database in memory does not serve.
        "TEST": {"NAME": DABIR_HOME / "test.sqlite3"},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "foundation.User"
AUTHENTICATION_BACKENDS = ["dabir.foundation.accounts.NameOrMobileBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Whether those who seal, verify or administer may sign in with a second factor ("offered"), or must ("required", and
# whatever else stands there).
SECOND_FACTOR = env.str("SECOND_FACTOR", default="offered")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "dabir.foundation.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PRESERVE_USERNAME_CASING = False
# The office's own sign-in (OpenID Connect), for those who have a user here; it needs HTTPS.
OIDC_SERVER = env.str("OIDC_SERVER", default="").rstrip("/") if BEHIND_TLS else ""
OIDC_NAME = env.str("OIDC_NAME", default="")
OIDC_CLAIM = env.str("OIDC_CLAIM", default="preferred_username")
SOCIALACCOUNT_ADAPTER = "dabir.foundation.office_sign_in.Adapter"
SOCIALACCOUNT_PROVIDERS = openid_connect(
    OIDC_SERVER, env.str("OIDC_CLIENT_ID", default=""), env.str("OIDC_CLIENT_SECRET", default=""), OIDC_NAME
)
MFA_ADAPTER = "dabir.foundation.second_factor.Adapter"
MFA_FORMS = {
    "authenticate": "dabir.foundation.second_factor.SecondStep",
    "reauthenticate": "dabir.foundation.second_factor.SecondStepAgain",
    "activate_totp": "dabir.foundation.second_factor.FirstCode",
    "add_webauthn": "dabir.foundation.second_factor.NewPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if BEHIND_TLS else [])]
MFA_PASSKEY_LOGIN_ENABLED = BEHIND_TLS
MFA_TOTP_TOLERANCE = 1  # the clocks of telephones, and of a server without internet, are half a minute off

SESSION_ENGINE = "dabir.foundation.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
TIME_ZONE = "Asia/Tehran"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DABIR_HOME / "static"
STATICFILES_DIRS = [PACKAGE / "desk" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Papers of up to 10 MB each come by upload, some at once, or one is pasted; more is refused before it is read.
LARGEST_UPLOAD = 10 * 1024 * 1024
MOST_UPLOADS = DATA_UPLOAD_MAX_NUMBER_FILES = 10
LARGEST_REQUEST = (MOST_UPLOADS + 2) * LARGEST_UPLOAD
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_UPLOAD + 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "dabir.desk.uploads.LargestUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Where backups are kept, at what time of the night one is made ("off" for never), and how many are kept: the newest of
# each of so many days, weeks and months.
BACKUPS = Path(env.str("DABIR_BACKUPS", default=str(DABIR_HOME / "backups"))).resolve()
BACKUP_AT = env.str("BACKUP_AT", default="02:30")
BACKUP_KEEP = tuple(int(count) for count in env.list("BACKUP_KEEP", default=["7", "4", "12"]))
# What encrypts them: the variable itself, or the first line of a file.
BACKUP_KEY = env.str("DABIR_BACKUP_KEY", default="")
BACKUP_KEY_FILE = env.str("DABIR_BACKUP_KEY_FILE", default="")

# How many jobs (readings of papers) are under way at once, in all processes together: each keeps a core busy.
JOBS_AT_ONCE = env.int("JOBS_AT_ONCE", default=os.cpu_count() or 1)
# Seconds without a sign of life after which whoever does a job is taken for dead, and another takes it up.
JOB_LEASE = max(4.0, env.float("JOB_LEASE", default=30))  # signs of life come every second at best
# Seconds that a request waits for its job before it shows the job's page; most papers are read by then.
JOB_PATIENCE = 1.5

# How messages leave: `smtp://user:password@host:25`, `smtp+tls://…:587`, `smtp+ssl://…:465`, `filemail:///folder`; the
# sender; and a module whose `send(mobile, text)` hands an SMS over (`dabir.foundation.sending`).
SENDS_EMAIL = bool(env.str("EMAIL_URL", default=""))
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="dabir@localhost")
SMS_ADAPTER = env.str("SMS_ADAPTER", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *([origin_of(OIDC_SERVER)] if OIDC_SERVER else [])],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# What processes share are the counts that slow down whoever guesses; what is worked out once stays in the process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_shared",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"dabir": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
