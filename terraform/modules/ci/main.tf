# The pipelines hold no key: GitHub proves which repository, branch and environment a job belongs to, and AWS gives
# it a role for an hour. Three roles, each for one stage; none of them may touch IAM beyond what it applies.
locals {
  boundary = "arn:aws:iam::*:policy/caseway-ci-boundary"
  audience = { "${var.issuer}:aud" = "sts.amazonaws.com" }
  subjects = {
    plan  = "repo:${var.repository}:pull_request"
    push  = "repo:${var.repository}:ref:refs/heads/main"
    apply = "repo:${var.repository}:environment:production" # the environment asks two people
  }
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://${var.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "this" {
  for_each             = local.subjects
  name                 = "caseway-ci-${each.key}"
  max_session_duration = 3600
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = { StringEquals = merge(local.audience, { "${var.issuer}:sub" = each.value }) }
    }]
  })
  permissions_boundary = each.key == "apply" ? aws_iam_policy.boundary.arn : null
}

# What nobody who applies may do, whatever else is allowed: leave the regions, turn off the record, or get rid of this. Every role
# that is made carries it too, so that nobody gets by a role of his own what he is denied himself.
resource "aws_iam_policy" "boundary" {
  name = "caseway-ci-boundary"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "*", Resource = "*" },
      { Effect = "Deny", NotAction = ["iam:*", "route53:*", "cloudfront:*", "wafv2:*", "sts:*", "acm:*"], Resource = "*", Condition = { StringNotEquals = { "aws:RequestedRegion" = var.regions } } },
      { Effect = "Deny", Action = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "backup:DeleteRecoveryPoint", "rds:DeleteDBInstance", "s3:DeleteBucket", "s3:BypassGovernanceRetention", "kms:ScheduleKeyDeletion", "iam:CreateUser", "iam:CreateAccessKey"], Resource = "*" },
      { Effect = "Deny", Action = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:AttachRolePolicy", "iam:PutRolePolicy"], Resource = "*", Condition = { ArnNotLikeIfExists = { "iam:PermissionsBoundary" = local.boundary } } },
      { Effect = "Deny", Action = ["iam:DeleteRolePermissionsBoundary"], Resource = "*" },
      { Effect = "Deny", Action = ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"], Resource = local.boundary },
      # who may apply is decided by people
      { Effect = "Deny", Action = ["iam:Update*", "iam:Put*", "iam:Attach*", "iam:Detach*", "iam:Delete*"], Resource = "arn:aws:iam::*:role/caseway-ci-*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.this["plan"].name
  policy_arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "apply" {
  role       = aws_iam_role.this["apply"].name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

# the roles of the modules, by their names; whoever they are given to stays inside the boundary
resource "aws_iam_role_policy" "apply" {
  role = aws_iam_role.this["apply"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:*Role", "iam:*RolePolicy", "iam:*RolePolicies", "iam:TagRole", "iam:*OpenIDConnectProvider", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions", "iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:TagPolicy"]
      Resource = ["arn:aws:iam::*:role/caseway-*", "arn:aws:iam::*:oidc-provider/*", "arn:aws:iam::*:policy/caseway-*"]
    }]
  })
}

resource "aws_iam_role_policy" "push" {
  role = aws_iam_role.this["push"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = "*" }, # it knows no resource
      { Effect = "Allow", Action = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"], Resource = aws_ecr_repository.this.arn },
    ]
  })
}

resource "aws_ecr_repository" "this" {
  name                 = "caseway"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration { scan_on_push = true }
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key_arn
  }
}
