# Places for secrets, never their values: those are put in by people or by rotation, and stay out of the state.
# What both sites share is copied to the other region; addresses and passwords of servers are of one site only.
locals {
  shared   = { for name, what in var.shared : name => { what = what, copied = true } }
  here     = { for name, what in var.here : name => { what = what, copied = false } }
  readable = concat([for secret in aws_secretsmanager_secret.this : secret.arn], var.received_arns)
}

resource "aws_secretsmanager_secret" "this" {
  for_each                = merge(local.shared, local.here)
  name                    = "caseway/${each.key}"
  description             = each.value.what
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = 30
  dynamic "replica" {
    for_each = each.value.copied ? [var.copy_region] : []
    content {
      region     = replica.value
      kms_key_id = var.copy_kms_key_arn
    }
  }
}

# The one role that External Secrets takes; it reads these and nothing else.
resource "aws_iam_role" "reader" {
  name                 = "caseway-secrets-${var.region}"
  permissions_boundary = var.boundary_arn
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = var.oidc_provider_arn }
      Condition = { StringEquals = {
        "${var.oidc_provider}:sub" = "system:serviceaccount:caseway:secrets"
        "${var.oidc_provider}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = local.readable },
      { Effect = "Allow", Action = ["kms:Decrypt"], Resource = [var.kms_key_arn] },
    ]
  })
}
