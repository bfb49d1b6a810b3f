# Backups that an attacker with the keys of the production account cannot remove: a locked vault here, and a copy in
# the other region. Point-in-time recovery of RDS (35 days) is for mistakes; this is for the worst day.
# Cost: 0.095 USD a GB and month warm, copied once; cold storage after 90 days would be a tenth, with 90 days minimum.
resource "aws_backup_vault" "this" {
  name        = var.name
  kms_key_arn = var.kms_key_arn
}

resource "aws_backup_vault" "copy" {
  provider    = aws.other
  name        = "${var.name}-copy"
  kms_key_arn = var.copy_kms_key_arn
}

resource "aws_backup_vault_lock_configuration" "this" {
  backup_vault_name   = aws_backup_vault.this.name
  min_retention_days  = 35
  max_retention_days  = 400
  changeable_for_days = 7 # afterwards nobody, not even AWS, shortens it
}

resource "aws_backup_vault_lock_configuration" "copy" {
  provider            = aws.other
  backup_vault_name   = aws_backup_vault.copy.name
  min_retention_days  = 35
  max_retention_days  = 400
  changeable_for_days = 7
}

resource "aws_iam_role" "backup" {
  name_prefix          = "${var.name}-backup-"
  permissions_boundary = var.boundary_arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "backup.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "backup" {
  for_each   = toset(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"])
  role       = aws_iam_role.backup.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/${each.key}"
}

resource "aws_backup_plan" "this" {
  name = var.name
  dynamic "rule" {
    for_each = { daily = { schedule = "cron(0 3 * * ? *)", days = 35 }, monthly = { schedule = "cron(0 4 1 * ? *)", days = 395 } }
    content {
      rule_name         = rule.key
      target_vault_name = aws_backup_vault.this.name
      schedule          = rule.value.schedule
      lifecycle { delete_after = rule.value.days }
      copy_action {
        destination_vault_arn = aws_backup_vault.copy.arn
        lifecycle { delete_after = rule.value.days }
      }
    }
  }
}

resource "aws_backup_selection" "this" {
  name         = var.name
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = var.resources
}
