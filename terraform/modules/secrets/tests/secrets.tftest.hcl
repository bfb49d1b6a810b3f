mock_provider "aws" {
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
  mock_resource "aws_secretsmanager_secret" { defaults = { arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:mock" } }
}

variables {
  boundary_arn      = "arn:aws:iam::111122223333:policy/caseway-ci-boundary"
  region            = "eu-central-1"
  copy_region       = "eu-west-1"
  kms_key_arn       = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  copy_kms_key_arn  = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555556"
  oidc_provider     = "oidc.eks.eu-central-1.amazonaws.com/id/ABC"
  oidc_provider_arn = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC"
}

run "secrets_are_encrypted_copied_and_can_be_had_back" {
  assert {
    condition     = alltrue([for s in aws_secretsmanager_secret.this : s.kms_key_id == var.kms_key_arn && s.recovery_window_in_days >= 30])
    error_message = "our key, 30 days to change one's mind"
  }
  assert {
    condition     = toset(keys(aws_secretsmanager_secret.this)) == toset(["app", "calls", "servers", "redis"])
    error_message = "those that the ExternalSecrets name"
  }
  assert {
    condition     = alltrue([for name in ["app", "calls"] : one(aws_secretsmanager_secret.this[name].replica).region == var.copy_region])
    error_message = "what both sites share has a copy in the other region"
  }
  assert {
    condition     = alltrue([for name in ["servers", "redis"] : length(aws_secretsmanager_secret.this[name].replica) == 0])
    error_message = "the servers of a site are its own"
  }
}

run "one_service_account_reads_them_and_nothing_else" {
  assert {
    condition     = jsondecode(aws_iam_role.reader.assume_role_policy).Statement[0].Condition.StringEquals["${var.oidc_provider}:sub"] == "system:serviceaccount:caseway:secrets"
    error_message = "one service account"
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.reader.policy, "\"*\"")
    error_message = "nothing is allowed on everything"
  }
}

run "a_site_that_receives_copies_reads_them_and_its_own" {
  variables {
    region        = "eu-west-1"
    copy_region   = null
    shared        = {}
    received_arns = ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:caseway/app-AbCdEf"]
  }
  assert {
    condition     = contains(jsondecode(aws_iam_role_policy.reader.policy).Statement[0].Resource, var.received_arns[0])
    error_message = "the copies"
  }
  assert {
    condition     = toset(keys(aws_secretsmanager_secret.this)) == toset(["servers", "redis"]) && aws_iam_role.reader.name == "caseway-secrets-eu-west-1"
    error_message = "its own servers, and a role of its own"
  }
}
