# What Prometheus in the cluster cannot see: the servers that AWS runs. One topic carries it to PagerDuty.
resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_subscription" "pagerduty" {
  topic_arn              = aws_sns_topic.alarms.arn
  protocol               = "https"
  endpoint               = var.pagerduty_endpoint
  endpoint_auto_confirms = true
}

# What Alertmanager publishes, for the telephones of the rota: the way that needs no PagerDuty. Their numbers are in the
# variables and in no file of this repository. Cost: about 0.07 USD a message.
resource "aws_sns_topic" "rota" {
  name              = "${var.name}-rota"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_subscription" "rota" {
  count     = nonsensitive(length(var.rota_numbers))
  topic_arn = aws_sns_topic.rota.arn
  protocol  = "sms"
  endpoint  = var.rota_numbers[count.index]
}

locals {
  alarms = merge({
    database-storage = { namespace = "AWS/RDS", metric = "FreeStorageSpace", dimensions = { DBInstanceIdentifier = var.database }, statistic = "Minimum", comparison = "LessThanThreshold", threshold = 50 * 1024 * 1024 * 1024, text = "Less than 50 GB are free. Runbook: database-full" }
    database-cpu     = { namespace = "AWS/RDS", metric = "CPUUtilization", dimensions = { DBInstanceIdentifier = var.database }, statistic = "Average", comparison = "GreaterThanThreshold", threshold = 85, text = "The database is busy. Runbook: slow" }
    cache-memory     = { namespace = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", dimensions = { ReplicationGroupId = var.cache }, statistic = "Maximum", comparison = "GreaterThanThreshold", threshold = 80, text = "Redis fills and will refuse. Runbook: queue-grows" }
    }, var.replica == null ? {} : {
    # 80 % of the 15 minutes that may be lost
    database-replica-lag = { namespace = "AWS/RDS", metric = "ReplicaLag", dimensions = { DBInstanceIdentifier = var.replica }, statistic = "Maximum", comparison = "GreaterThanThreshold", threshold = 720, text = "The other region is 12 minutes behind; 15 may be lost. Runbook: replication-lag" }
    }, var.bucket_pair == null ? {} : {
    documents-lag = { namespace = "AWS/S3", metric = "ReplicationLatency", dimensions = { SourceBucket = var.bucket_pair.from, DestinationBucket = var.bucket_pair.to, RuleId = "all" }, statistic = "Maximum", comparison = "GreaterThanThreshold", threshold = 720, text = "Documents are 12 minutes behind in the other region. Runbook: replication-lag" }
  })
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.text
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = 5
  treat_missing_data  = "breaching" # silence of a server is no good news
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
