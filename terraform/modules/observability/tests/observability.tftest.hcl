mock_provider "aws" {
  mock_resource "aws_sns_topic" { defaults = { arn = "arn:aws:sns:eu-central-1:111122223333:alarms" } }
}

variables {
  name               = "caseway"
  kms_key_arn        = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  pagerduty_endpoint = "https://events.pagerduty.example/x"
  database           = "caseway"
  cache              = "caseway"
  replica            = "caseway-dr"
  bucket_pair        = { from = "a", to = "b" }
}

run "the_loss_that_is_allowed_is_watched_before_it_is_reached" {
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["database-replica-lag"].threshold < 900 && aws_cloudwatch_metric_alarm.this["documents-lag"].threshold < 900
    error_message = "alarms before 15 minutes are lost"
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.treat_missing_data == "breaching" && alarm.alarm_actions == toset([aws_sns_topic.alarms.arn]) && strcontains(alarm.alarm_description, "Runbook: ")])
    error_message = "each is heard, and each names its runbook"
  }
}
