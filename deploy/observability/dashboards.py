"""The dashboards of Grafana, written down as code: `python -m deploy.observability.dashboards <folder>`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from grafana_foundation_sdk.builders import dashboard, prometheus, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder

STATUS = "django_http_responses_total_by_status_total"
LATENCY = "django_http_requests_latency_including_middlewares_seconds_bucket"

FAILED_30D = f'(sum(increase({STATUS}{{status=~"5.."}}[30d])) or vector(0))'
P95 = f"histogram_quantile(0.95, sum by (le) (rate({LATENCY}[5m])))"
USED = "caseway_database_connections / caseway_database_connections_limit"
IN_90_DAYS = "predict_linear({}[30d], 90 * 86400)"
BUDGET_LEFT = f"1 - {FAILED_30D} / sum(increase({STATUS}[30d])) / 0.001"


@dataclass(frozen=True)
class Panel:
    """One picture: its title, what is asked, the name of each line, its unit."""

    title: str
    query: str
    legend: str = ""
    unit: str = "short"


BOARDS: dict[str, tuple[Panel, ...]] = {
    "Service": (
        Panel("Requests", f"sum by (status) (rate({STATUS}[5m]))", "{{status}}", "reqps"),
        Panel("Share of failed requests", "caseway:errors:ratio_5m", "five minutes", "percentunit"),
        Panel("Budget left of 30 days", BUDGET_LEFT, "left", "percentunit"),
        Panel(
            "Slowness, 95 of 100 are faster",
            P95,
            "p95",
            "s",
        ),
        Panel(
            "Slowness, half are faster",
            f"histogram_quantile(0.5, sum by (le) (rate({LATENCY}[5m])))",
            "p50",
            "s",
        ),
        Panel("Servers behind the product", "caseway_up", "{{server}}"),
    ),
    "Departments": (
        Panel(
            "Applications sent a day",
            "sum by (department) (increase(caseway_cases_submitted_total[1d]))",
            "{{department}}",
        ),
        Panel(
            "Applications that ended, a day",
            "sum by (department, state) (increase(caseway_cases_ended_total[1d]))",
            "{{department}} {{state}}",
        ),
        Panel("Begun and not sent", "caseway_drafts_open", "{{department}}"),
        Panel("Open work", "caseway_work_open", "{{department}}"),
        Panel("Oldest open work", "caseway_work_oldest_age_seconds", "{{department}}", "s"),
        Panel("Late", "caseway_work_overdue", "{{department}}"),
        Panel("Late within a day", "caseway_work_at_risk", "{{department}}"),
        Panel("Steps that failed for good", "caseway_work_failed", "{{department}}"),
    ),
    "Queues": (
        Panel("Tasks that wait", "caseway_queue_length", "{{queue}}"),
        Panel("Messages that wait", "caseway_outbox_waiting", "messages"),
        Panel("Age of the oldest message", "caseway_outbox_lag_seconds", "oldest", "s"),
        Panel("Given up", "caseway_dead_letters", "{{topic}}"),
        Panel("Age of the oldest deadline that has not fired", "caseway_deadline_lag_seconds", "oldest", "s"),
        Panel("Certificates", "caseway_certificates", "{{state}}"),
        Panel("Certificates that are not finished", "caseway_certificates_stuck", "stuck"),
    ),
    "Database": (
        Panel("Answers", 'caseway_up{server="database"}', "database"),
        Panel("Connections", "caseway_database_connections", "open"),
        Panel("Connections used", USED, "share", "percentunit"),
        Panel("Oldest transaction", "caseway_database_oldest_transaction_seconds", "oldest", "s"),
        Panel("Size", "caseway_database_size_bytes", "database", "bytes"),
        Panel("Standbys that follow", "caseway_standbys", "standbys"),
        Panel("Standbys behind the primary", "caseway_replication_lag_seconds", "{{standby}}", "s"),
    ),
    # beside deploy/capacity/model.yaml: what the model reckons with, as it really is
    "Capacity": (
        Panel("Requests", f"sum(rate({STATUS}[5m]))", "a second", "reqps"),
        Panel("Busiest hour of a week", f"max_over_time(sum(rate({STATUS}[5m]))[7d:5m])", "peak", "reqps"),
        Panel("Applications sent a day", "sum(increase(caseway_cases_submitted_total[1d]))", "applications"),
        Panel("Database in 90 days", IN_90_DAYS.format("caseway_database_size_bytes"), "database", "bytes"),
        Panel("Documents", "sum by (store) (caseway_documents_stored_bytes)", "{{store}}", "bytes"),
        Panel(
            "Documents in 90 days", IN_90_DAYS.format("caseway_documents_stored_bytes"), "{{store}}", "bytes"
        ),
        Panel("Connections used", USED, "share", "percentunit"),
        Panel("Tasks that wait", "sum(caseway_queue_length)", "tasks"),
        Panel("Slowness, 95 of 100 are faster", P95, "p95", "s"),
    ),
    "Disaster recovery": (
        Panel("Standbys that follow", "caseway_standbys", "standbys"),
        Panel("Standbys behind the primary", "caseway_replication_lag_seconds", "{{standby}}", "s"),
        Panel("Can only be read", "caseway_site_read_only", "read only"),
        Panel("Documents behind in the replica", "caseway_document_copy_lag_seconds", "oldest", "s"),
        Panel("Documents that wait for the replica", "caseway_document_copies_waiting", "waiting"),
        Panel("Documents that can not be copied", "caseway_document_copies_stuck", "stuck"),
        Panel("Documents that cannot be served", "caseway_documents_unservable", "{{state}}"),
    ),
}


def board(title: str, panels: tuple[Panel, ...]) -> str:
    """One dashboard as Grafana reads it."""
    made = dashboard.Dashboard(f"Caseway: {title}").uid(f"caseway-{title.lower().replace(' ', '-')}")
    made = made.tags(["caseway"]).refresh("1m").time("now-6h", "now").readonly()
    for panel in panels:
        asked = prometheus.Dataquery().expr(panel.query).legend_format(panel.legend)
        drawn = timeseries.Panel().title(panel.title).unit(panel.unit).with_target(asked)
        made = made.with_panel(drawn.span(12).height(8))
    return JSONEncoder(sort_keys=True, indent=1).encode(made.build())


def main(arguments: list[str]) -> int:
    """Write each into the folder."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for title, panels in BOARDS.items():
        (folder / f"{title.lower().replace(' ', '-')}.json").write_text(board(title, panels) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
