"""Every setting of Caseway, read from the environment; nonsense is refused at start-up.

Each name may also be given as ``<NAME>_FILE``: the path of a file that holds the value, as secrets are
mounted in a pod.
"""

from __future__ import annotations

from pathlib import Path

from engine.core.sealing import key_made_of, key_ring
from portal.config import browser_policy, database, logs, mail, redis_access, stores
from portal.config.choices import one_of
from portal.config.environment import Environment, address
from portal.config.signing_keys import signing_keys
from workflows.schedule import SCHEDULE

ROOT = Path(__file__).resolve().parents[2]
env = Environment()

# --- security
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY, *SECRET_KEY_FALLBACKS = signing_keys(env)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
PUBLIC_ADDRESS = address(env, "PUBLIC_ADDRESS", "https", "http", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
CSRF_FAILURE_VIEW = "portal.citizen.csrf.failed"
_https = PUBLIC_ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)

SITE_MODE = one_of(env, "SITE_MODE", "normal", "read-only")

# --- what the product is made of
INSTALLED_APPS = [
    "portal.shell",
    "portal.accounts",
    "portal.pages",
    "portal.citizen",
    "portal.api",
    "portal.clerk",
    "portal.designer",
    "workflows",
    "forms_library",
    "engine.documents",
    "engine.messages",
    "engine.site",
    "engine.audit",
    "engine.departments",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.forms",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "viewflow.workflow",
    "guardian",
    "formtools",
    "axes",
    "csp",
    "anymail",
    "django_htmx",
    "django_structlog",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # its widgets are templates like all others (FORM_RENDERER)
]
MIDDLEWARE = [
    "portal.config.health.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.config.outages.OutageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.shell.language.LanguageMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.second_factor.SecondFactorMiddleware",
    "portal.config.read_only.ReadOnlyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "axes.middleware.AxesMiddleware",
]
if env.bool("REQUEST_METRICS", default=False):  # counted where a server of metrics shows it: deploy/image
    MIDDLEWARE = [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        *MIDDLEWARE,
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]
ROOT_URLCONF = "portal.config.urls"
WSGI_APPLICATION = "portal.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.shell.context.shell",
                "portal.config.read_only.banner",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- where data lies
DATABASES = {"default": database.configured(env)}

REDIS_URL = address(env, "REDIS_URL", "redis", "rediss")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **redis_access.cache(env)}}
SESSION_ENGINE = "portal.accounts.sessions"  # the loss of Redis signs nobody out
SESSION_COOKIE_AGE = env.int("SESSION_AGE_S", default=8 * 3600)

# --- documents and certificates
DOCUMENT_STORES = stores.configured(env, ROOT / ".data")
# what this site has, whatever is chosen
DOCUMENTS_ONLY_TO = one_of(env, "DOCUMENTS_ONLY_TO", "", "nas", "s3")
UPLOAD_LIMIT_BYTES = env.int("UPLOAD_LIMIT_BYTES", default=10 * 1024 * 1024)
PAGE_FILES = env.int("PAGE_FILES", default=50)  # that one page of a form may hold
PAGE_UPLOAD_BYTES = env.int("PAGE_UPLOAD_BYTES", default=200 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a thousand rows of a repeating group come in one page
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")  # host:port or a socket's path; empty = not scanned
CERTIFICATE_KEY = env.str("CERTIFICATE_KEY", default="")  # PEM; also CERTIFICATE_KEY_FILE
CERTIFICATE_CHAIN = env.str("CERTIFICATE_CHAIN", default="")  # PEM, own certificate first, then its issuers
CERTIFICATE_TRUST = env.str("CERTIFICATE_TRUST", default="")  # PEM, roots of earlier chains that still count

# --- sensitive answers: id:key,id:key, each key 32 random bytes in base64; the first seals, all of them open.
# Without one nothing sensitive is stored at all; while developing, one is made of SECRET_KEY.
FIELD_KEYS = env.str("FIELD_KEYS", default="")
DEBUG_FIELD_KEY = "debug"
if DEBUG and not FIELD_KEYS:
    FIELD_KEYS = key_made_of(SECRET_KEY, DEBUG_FIELD_KEY)
key_ring(FIELD_KEYS)  # nonsense is refused here

# --- sign-in
AUTH_USER_MODEL = "departments.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "portal.accounts.passwords.NotCommon"},
    {"NAME": "portal.accounts.passwords.NotAboutYou", "OPTIONS": {"user_attributes": ["name", "email"]}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.SignIn",
    "signup": "portal.accounts.forms.CreateAccount",
    "reset_password": "portal.accounts.forms.ForgotPassword",
    "change_password": "portal.accounts.forms.ChangePassword",
    "confirm_email_verification_code": "portal.accounts.forms.ConfirmAddress",
}
ACCOUNT_ADAPTER = "portal.accounts.adapter.Adapter"
MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.EnterCode",
    "reauthenticate": "portal.accounts.forms.EnterCodeAgain",
    "activate_totp": "portal.accounts.forms.SetUpApp",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # rights are asked through engine.departments.access alone
GUARDIAN_RAISE_403 = True
ANONYMOUS_USER_NAME = None
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_CALLABLE = "portal.shell.errors.too_many"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]

# --- languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(ROOT / "staticfiles"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.bool("STATIC_UNHASHED", default=False)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = env.bool("STATIC_UNHASHED", default=False)
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(ROOT / ".data" / "media"))
MEDIA_URL = "/media/"

# --- e-mail
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = mail.server(env)
EMAIL_TIMEOUT = 30
EMAIL_FILE_PATH = env.str("EMAIL_FOLDER", default=str(ROOT / ".data" / "mail"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="no-reply@example.org")
ANYMAIL = env.json("ANYMAIL", default={})

# --- background work
CELERY_BROKER_URL = redis_access.broker(env)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 5,
    "socket_timeout": 30,
    "visibility_timeout": 600,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB: WeasyPrint grows
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULER = "portal.config.beat:Scheduler"
# a worker that is not told otherwise serves every queue; letters and jobs never wait behind a sweep
CELERY_TASK_QUEUES = {name: {"exchange": name} for name in ("messages", "sweeps", "copies")}
CELERY_TASK_DEFAULT_QUEUE = "sweeps"

# --- registers that forms look things up in: only these machines are asked, never one inside the network
LOOKUP_HOSTS = env.list("LOOKUP_HOSTS", default=[])
LOOKUP_PRIVATE_ADDRESSES = env.bool("LOOKUP_PRIVATE_ADDRESSES", default=False)
LOOKUP_TIMEOUT_S = env.float("LOOKUP_TIMEOUT_S", default=3.0)
LOOKUP_CACHE_S = env.int("LOOKUP_CACHE_S", default=900)

# --- machines that workflows call, likewise; each secret is a file `department.name`
CALL_HOSTS = env.list("CALL_HOSTS", default=[])
CALL_PRIVATE_ADDRESSES = env.bool("CALL_PRIVATE_ADDRESSES", default=False)
CALL_SECRETS_FOLDER = env.str("CALL_SECRETS_FOLDER", default="")

PAYMENT_PROVIDER = env.str("PAYMENT_PROVIDER", default="")  # "pretend", or the address that takes orders
SMS_GATEWAY = env.str("SMS_GATEWAY", default="")  # "folder:/some/where", or the address of a gateway

# --- Wagtail
WAGTAIL_SITE_NAME = "Caseway"
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- what a browser may load
CONTENT_SECURITY_POLICY = browser_policy.POLICY
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = logs.configure(env.str("LOG_FORMAT", default="plain"), env.str("LOG_LEVEL", default="INFO"))
