# Places for secrets, never their values: those are put in by people or by rotation, and stay out of the state.
resource "aws_secretsmanager_secret" "this" {
  for_each                = var.names
  name                    = "caseway/${each.key}"
  description             = each.value
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = 30
  replica {
    region     = var.copy_region
    kms_key_id = var.copy_kms_key_arn
  }
}

# The one role that External Secrets takes; it reads these and nothing else.
resource "aws_iam_role" "reader" {
  name = "caseway-secrets-${var.region}"
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
      { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = [for secret in aws_secretsmanager_secret.this : secret.arn] },
      { Effect = "Allow", Action = ["kms:Decrypt"], Resource = [var.kms_key_arn] },
    ]
  })
}
