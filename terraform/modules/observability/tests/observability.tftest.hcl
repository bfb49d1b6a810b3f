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

run "the_rota_is_told_by_sms_through_a_topic_of_its_own" {
  variables { rota_numbers = ["+4915100000001", "+4915100000002"] }
  assert {
    condition     = length(aws_sns_topic_subscription.rota) == 2 && alltrue([for each in aws_sns_topic_subscription.rota : each.protocol == "sms"])
    error_message = "every telephone of the rota"
  }
  assert {
    condition     = aws_sns_topic.rota.kms_master_key_id == var.kms_key_arn && aws_sns_topic.rota.name == "caseway-rota"
    error_message = "encrypted, by the name that Alertmanager knows"
  }
}

run "what_is_no_number_is_refused" {
  command = plan
  variables { rota_numbers = ["0151 1234"] }
  expect_failures = [var.rota_numbers]
}
