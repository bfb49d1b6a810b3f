mock_provider "aws" {
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
  mock_resource "aws_iam_policy" { defaults = { arn = "arn:aws:iam::111122223333:policy/mock" } }
  mock_resource "aws_iam_openid_connect_provider" { defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/oidc.example" } }
  mock_resource "aws_kms_key" { defaults = { arn = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555" } }
  mock_resource "aws_s3_bucket" { defaults = { arn = "arn:aws:s3:::mock" } }
  mock_resource "aws_backup_vault" { defaults = { arn = "arn:aws:backup:eu-west-1:111122223333:backup-vault:mock" } }
  mock_resource "aws_cloudwatch_log_group" { defaults = { arn = "arn:aws:logs:eu-central-1:111122223333:log-group:mock" } }
  mock_resource "aws_launch_template" { defaults = { id = "lt-0123456789abcdef0", latest_version = 1 } }
  mock_resource "aws_eks_cluster" { defaults = { identity = [{ oidc = [{ issuer = "https://oidc.example/id/ABC" }] }] } }
  mock_resource "aws_sns_topic" { defaults = { arn = "arn:aws:sns:eu-central-1:111122223333:alarms" } }
  mock_resource "aws_secretsmanager_secret" { defaults = { arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:mock" } }
  mock_resource "aws_ecr_repository" { defaults = { arn = "arn:aws:ecr:eu-central-1:111122223333:repository/caseway" } }
  mock_resource "aws_wafv2_web_acl" { defaults = { arn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/caseway/1" } }
  mock_resource "aws_db_instance" { defaults = { arn = "arn:aws:rds:eu-central-1:111122223333:db:caseway" } }
  mock_resource "aws_efs_file_system" { defaults = { arn = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-1" } }
}
mock_provider "aws" {
  alias = "other"
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
  mock_resource "aws_iam_policy" { defaults = { arn = "arn:aws:iam::111122223333:policy/mock" } }
  mock_resource "aws_iam_openid_connect_provider" { defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/oidc.example" } }
  mock_resource "aws_kms_key" { defaults = { arn = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555" } }
  mock_resource "aws_s3_bucket" { defaults = { arn = "arn:aws:s3:::mock" } }
  mock_resource "aws_backup_vault" { defaults = { arn = "arn:aws:backup:eu-west-1:111122223333:backup-vault:mock" } }
  mock_resource "aws_cloudwatch_log_group" { defaults = { arn = "arn:aws:logs:eu-central-1:111122223333:log-group:mock" } }
  mock_resource "aws_launch_template" { defaults = { id = "lt-0123456789abcdef0", latest_version = 1 } }
  mock_resource "aws_eks_cluster" { defaults = { identity = [{ oidc = [{ issuer = "https://oidc.example/id/ABC" }] }] } }
  mock_resource "aws_sns_topic" { defaults = { arn = "arn:aws:sns:eu-central-1:111122223333:alarms" } }
  mock_resource "aws_secretsmanager_secret" { defaults = { arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:mock" } }
  mock_resource "aws_ecr_repository" { defaults = { arn = "arn:aws:ecr:eu-central-1:111122223333:repository/caseway" } }
  mock_resource "aws_wafv2_web_acl" { defaults = { arn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/caseway/1" } }
  mock_resource "aws_db_instance" { defaults = { arn = "arn:aws:rds:eu-central-1:111122223333:db:caseway" } }
  mock_resource "aws_efs_file_system" { defaults = { arn = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-1" } }
}
mock_provider "aws" {
  alias = "global"
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
  mock_resource "aws_iam_policy" { defaults = { arn = "arn:aws:iam::111122223333:policy/mock" } }
  mock_resource "aws_iam_openid_connect_provider" { defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/oidc.example" } }
  mock_resource "aws_kms_key" { defaults = { arn = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555" } }
  mock_resource "aws_s3_bucket" { defaults = { arn = "arn:aws:s3:::mock" } }
  mock_resource "aws_backup_vault" { defaults = { arn = "arn:aws:backup:eu-west-1:111122223333:backup-vault:mock" } }
  mock_resource "aws_cloudwatch_log_group" { defaults = { arn = "arn:aws:logs:eu-central-1:111122223333:log-group:mock" } }
  mock_resource "aws_launch_template" { defaults = { id = "lt-0123456789abcdef0", latest_version = 1 } }
  mock_resource "aws_eks_cluster" { defaults = { identity = [{ oidc = [{ issuer = "https://oidc.example/id/ABC" }] }] } }
  mock_resource "aws_sns_topic" { defaults = { arn = "arn:aws:sns:eu-central-1:111122223333:alarms" } }
  mock_resource "aws_secretsmanager_secret" { defaults = { arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:mock" } }
  mock_resource "aws_ecr_repository" { defaults = { arn = "arn:aws:ecr:eu-central-1:111122223333:repository/caseway" } }
  mock_resource "aws_wafv2_web_acl" { defaults = { arn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/caseway/1" } }
  mock_resource "aws_db_instance" { defaults = { arn = "arn:aws:rds:eu-central-1:111122223333:db:caseway" } }
  mock_resource "aws_efs_file_system" { defaults = { arn = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-1" } }
}

variables {
  account                = "111122223333"
  administrator_role_arn = "arn:aws:iam::111122223333:role/administrators"
  dx_connection_id       = "dxcon-1"
  site_address           = "203.0.113.10"
  repository             = "example-gov/caseway"
  zone_id                = "Z1"
  certificate_arn        = "arn:aws:acm:us-east-1:111122223333:certificate/1"
  pagerduty_endpoint     = "https://events.pagerduty.example/x"
  balancers = {
    primary = { dns_name = "a.elb.amazonaws.com", zone_id = "Z2" }
    dr      = { dns_name = "b.elb.amazonaws.com", zone_id = "Z3" }
  }
}

run "built_anew_after_a_switch_it_follows_the_other_region" {
  command = plan
  variables { follows = "arn:aws:rds:eu-west-1:111122223333:db:caseway-dr" }
  assert {
    condition     = output.database_replicates == var.follows
    error_message = "the database is a replica until the way back"
  }
}

run "the_primary_stands_whole" {
  assert {
    condition     = output.database_replicates == null
    error_message = "the primary follows nobody"
  }
  assert {
    condition     = output.database_multi_az && output.isolated_cidr == "10.20.192.0/18"
    error_message = "Multi-AZ, in the network that the overlay eks names"
  }
  assert {
    condition     = length(module.edge) == 1 && length(keys(module.edge[0].health_checks)) == 2
    error_message = "both regions are watched"
  }
  assert {
    condition     = alltrue([for key in [aws_kms_key.this, aws_kms_key.copy] : strcontains(key.policy, "AWSServiceRoleForAutoScaling") && strcontains(key.policy, "kms:GrantIsForAWSResource")])
    error_message = "nodes of both regions can open their disks"
  }
  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.copy.enable_key_rotation
    error_message = "keys are renewed every year"
  }
}
