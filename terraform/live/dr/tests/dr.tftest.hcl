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

variables {
  account                = "111122223333"
  boundary_arn           = "arn:aws:iam::111122223333:policy/caseway-ci-boundary"
  database_arn           = "arn:aws:rds:eu-central-1:111122223333:db:caseway"
  kms_key_arn            = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555556"
  documents_arn          = "arn:aws:s3:::caseway-documents-dr"
  secret_arns            = ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:caseway/app-AbCdEf"]
  site_address           = "203.0.113.10"
  administrator_role_arn = "arn:aws:iam::111122223333:role/administrators"
  pagerduty_endpoint     = "https://events.pagerduty.example/x"
}

run "it_follows_the_primary" {
  assert {
    condition     = output.database_replicates == var.database_arn
    error_message = "the database is a replica of the primary"
  }
  assert {
    condition     = output.isolated_cidr == "10.21.192.0/18"
    error_message = "the network that the overlay eks-dr names"
  }
}

run "not_outside_of_the_allowed_regions" {
  command = plan
  variables { region = "ap-south-1" }
  expect_failures = [var.region]
}
