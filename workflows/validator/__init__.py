"""Every problem of a service package before it is published, each with its path and a plain sentence."""

from workflows.validator.package import check_package

__all__ = ["check_package"]
