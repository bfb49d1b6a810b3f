"""The two regions, as terraform and the overlays make them; a test compares these names with theirs."""

from __future__ import annotations

import os
from dataclasses import dataclass

PUBLIC_NAME = "services.example.gov"
READY = "/readyz"
# the health check of a door that is shut asks for this, which nobody has
SHUT = "/shut-by-the-switch-of-the-region"
# what a site that is awake runs; workers are counted by KEDA
COUNTS = {"rollout/web": 4, "deployment/relay": 2, "deployment/metrics": 1, "statefulset/scheduler": 2}


@dataclass(frozen=True)
class Site:
    """One region."""

    name: str  # overlay, context of kubectl, and part of the names of branch and Application
    label: str  # terraform/live/<label>, and its own name below the public one
    region: str
    database: str
    sleeps: bool  # its overlay has a form that stands ready and writes nothing

    @property
    def host(self) -> str:
        """The name that leads to this site, whichever answers for the public one."""
        return f"{self.label}.{PUBLIC_NAME}"

    @property
    def overlay(self) -> str:
        """The file that says whether it sleeps."""
        return f"deploy/kubernetes/overlays/{self.name}/kustomization.yaml"


SITES = {
    "eks": Site("eks", "primary", "eu-central-1", "caseway", sleeps=False),
    "eks-dr": Site("eks-dr", "dr", "eu-west-1", "caseway-dr", sleeps=True),
}


def other(site: Site) -> Site:
    """The region that is left when this one is taken."""
    return next(each for each in SITES.values() if each is not site)


def argo_context() -> str:
    """The cluster in which Argo CD runs: the one that outlives the loss of a region."""
    return os.environ.get("ARGOCD_CONTEXT", "onprem")
