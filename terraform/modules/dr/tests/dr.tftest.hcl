mock_provider "aws" {
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
}
mock_provider "aws" {
  alias = "other"
  mock_resource "aws_backup_vault" { defaults = { arn = "arn:aws:backup:eu-west-1:111122223333:backup-vault:copy" } }
}

variables {
  boundary_arn     = "arn:aws:iam::111122223333:policy/caseway-ci-boundary"
  name             = "caseway"
  kms_key_arn      = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  copy_kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555556"
  resources        = ["arn:aws:rds:eu-central-1:111122223333:db:caseway"]
}

run "backups_are_copied_away_and_locked" {
  assert {
    condition     = alltrue([for rule in aws_backup_plan.this.rule : one(rule.copy_action).destination_vault_arn == aws_backup_vault.copy.arn])
    error_message = "every backup is copied to the other region"
  }
  assert {
    condition     = aws_backup_vault_lock_configuration.this.min_retention_days >= 35 && aws_backup_vault_lock_configuration.copy.min_retention_days >= 35
    error_message = "both vaults are locked"
  }
  assert {
    condition     = alltrue([for rule in aws_backup_plan.this.rule : one(rule.lifecycle).delete_after >= 35 && one(rule.lifecycle).delete_after <= 400])
    error_message = "what the locks allow"
  }
}
