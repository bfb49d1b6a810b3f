"""The stores of documents, read from the environment; part of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ


def configured(env: environ.FileAwareEnv, data: Path) -> dict[str, dict[str, Any]]:
    """Each store by its name, with the region that it lies in; the replica only where it has a bucket."""
    stores = {
        "nas": {
            "folder": env.str("NAS_FOLDER", default=str(data / "documents")),
            "must_be_mounted": env.bool("NAS_MUST_BE_MOUNTED", default=False),
            "region": env.str("NAS_REGION", default="on-premises"),
        },
        "s3": _bucket(env),
    }
    if env.str("REPLICA_S3_BUCKET", default=""):
        stores["replica"] = _replica(env)
    return stores


def _bucket(env: environ.FileAwareEnv) -> dict[str, Any]:
    return {
        "bucket": env.str("S3_BUCKET", default=""),
        "region": env.str("S3_REGION", default="eu-central-1"),
        "endpoint": env.str("S3_ENDPOINT", default="") or None,
        "access_key": env.str("S3_ACCESS_KEY", default="") or None,
        "secret_key": env.str("S3_SECRET_KEY", default="") or None,
    }


def _replica(env: environ.FileAwareEnv) -> dict[str, Any]:
    return {
        "bucket": env.str("REPLICA_S3_BUCKET"),
        "region": env.str("REPLICA_S3_REGION", default="eu-central-1"),
        "endpoint": env.str("REPLICA_S3_ENDPOINT", default="") or None,
        "access_key": env.str("REPLICA_S3_ACCESS_KEY", default="") or None,
        "secret_key": env.str("REPLICA_S3_SECRET_KEY", default="") or None,
    }
