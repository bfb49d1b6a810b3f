mock_provider "aws" {
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
  mock_resource "aws_iam_policy" { defaults = { arn = "arn:aws:iam::111122223333:policy/mock" } }
  mock_resource "aws_ecr_repository" { defaults = { arn = "arn:aws:ecr:eu-central-1:111122223333:repository/caseway" } }
  mock_resource "aws_iam_openid_connect_provider" { defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" } }
}

variables {
  repository  = "example-gov/caseway"
  regions     = ["eu-central-1", "eu-west-1"]
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
}

run "a_role_belongs_to_one_kind_of_job_of_one_repository" {
  assert {
    condition     = alltrue([for role in aws_iam_role.this : !strcontains(role.assume_role_policy, "*") && strcontains(role.assume_role_policy, "repo:example-gov/caseway:")])
    error_message = "no pattern and no other repository"
  }
  assert {
    condition     = strcontains(aws_iam_role.this["apply"].assume_role_policy, ":environment:production") && aws_iam_role.this["apply"].permissions_boundary == aws_iam_policy.boundary.arn
    error_message = "what changes production passed the environment, and has a boundary"
  }
}

run "nobody_who_applies_makes_a_role_that_may_more" {
  assert {
    condition     = length([for s in jsondecode(aws_iam_policy.boundary.policy).Statement : s if s.Effect == "Deny" && contains(flatten([lookup(s, "Action", [])]), "iam:CreateRole") && strcontains(jsonencode(lookup(s, "Condition", {})), "policy/caseway-ci-boundary")]) == 1
    error_message = "a role without this boundary cannot be made"
  }
  assert {
    condition     = alltrue([for action in ["iam:DeleteRolePermissionsBoundary", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"] : anytrue([for s in jsondecode(aws_iam_policy.boundary.policy).Statement : s.Effect == "Deny" && contains(flatten([lookup(s, "Action", [])]), action)])])
    error_message = "the boundary is neither taken off nor rewritten"
  }
}

run "pushing_an_image_is_pushing_an_image" {
  assert {
    condition     = alltrue([for s in jsondecode(aws_iam_role_policy.push.policy).Statement : s.Resource == aws_ecr_repository.this.arn || s.Action == ["ecr:GetAuthorizationToken"]])
    error_message = "one repository and nothing else"
  }
  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE" && aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push
    error_message = "a name once given stays, and each image is scanned"
  }
}
