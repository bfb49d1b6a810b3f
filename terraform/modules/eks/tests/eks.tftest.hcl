mock_provider "aws" {
  mock_data "aws_ec2_managed_prefix_list" { defaults = { id = "pl-1" } }
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
  mock_resource "aws_iam_openid_connect_provider" { defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC" } }
  mock_resource "aws_launch_template" { defaults = { id = "lt-0123456789abcdef0", latest_version = 1 } }
  mock_resource "aws_eks_cluster" { defaults = { identity = [{ oidc = [{ issuer = "https://oidc.eks.eu-central-1.amazonaws.com/id/ABC" }] }] } }
}

variables {
  boundary_arn           = "arn:aws:iam::111122223333:policy/caseway-ci-boundary"
  name                   = "caseway"
  account                = "111122223333"
  sender                 = "no-reply@services.example.gov"
  region                 = "eu-central-1"
  pipeline_cidrs         = ["203.0.113.10/32"]
  vpc_id                 = "vpc-1"
  vpc_cidr               = "10.20.0.0/16"
  subnets                = ["subnet-1", "subnet-2", "subnet-3"]
  kms_key_arn            = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  documents_arn          = "arn:aws:s3:::caseway-documents-primary"
  documents_kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555556"
  administrator_role_arn = "arn:aws:iam::111122223333:role/administrators"
}

run "the_cluster_is_private_and_keeps_a_record" {
  assert {
    condition     = !aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].endpoint_private_access
    error_message = "its API is inside"
  }
  assert {
    condition     = contains(aws_eks_cluster.this.enabled_cluster_log_types, "audit") && aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.kms_key_arn
    error_message = "audit log and encrypted secrets"
  }
  assert {
    condition     = length(aws_eks_node_group.this.subnet_ids) == 3 && aws_eks_node_group.this.scaling_config[0].min_size >= 3
    error_message = "nodes in three zones"
  }
}

run "a_pod_gets_its_own_role_and_no_more" {
  assert {
    condition     = aws_launch_template.nodes.metadata_options[0].http_tokens == "required" && aws_launch_template.nodes.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "the credentials of the node stay with the node"
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.documents.policy, "Delete") && !strcontains(aws_iam_role_policy.documents.policy, "\"*\"")
    error_message = "documents are read and written, never deleted"
  }
  assert {
    condition     = jsondecode(aws_eks_addon.this["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "NetworkPolicies are kept"
  }
  assert {
    condition     = aws_efs_file_system.media.encrypted && aws_launch_template.nodes.block_device_mappings[0].ebs[0].encrypted == "true"
    error_message = "disks are encrypted"
  }
}

run "the_balancer_is_reached_through_cloudfront_and_by_who_watches" {
  assert {
    condition     = alltrue([for rule in aws_security_group.cloudfront.ingress : length(rule.prefix_list_ids) == 1 && length(coalesce(rule.cidr_blocks, [])) == 0])
    error_message = "no address but those of CloudFront"
  }
  assert {
    condition     = !contains(flatten([for rule in aws_security_group.watchers.ingress : coalesce(rule.cidr_blocks, [])]), "0.0.0.0/0") && length(aws_security_group.watchers.ingress) == 2
    error_message = "health checks and pipelines, not everybody"
  }
  assert {
    condition     = data.aws_ec2_managed_prefix_list.cloudfront.name == "com.amazonaws.global.cloudfront.origin-facing"
    error_message = "the list with which CloudFront asks an origin"
  }
}

run "what_the_cluster_needs_has_roles_of_its_own" {
  assert {
    condition     = aws_eks_addon.this["aws-efs-csi-driver"].service_account_role_arn == aws_iam_role.controllers["efs"].arn && aws_eks_addon.this["coredns"].service_account_role_arn == null
    error_message = "the driver of EFS takes its own"
  }
  assert {
    condition     = alltrue([for s in jsondecode(aws_iam_role_policy.balancer.policy).Statement : can(s.Condition) || alltrue([for a in s.Action : can(regex("Describe|List|Get|CreateSecurityGroup|istener|Rule|Tags", a))])])
    error_message = "the balancer controller changes what carries the mark of this cluster"
  }
  assert {
    condition     = one([for s in jsondecode(aws_iam_role_policy.documents.policy).Statement : s if contains(flatten([s.Action]), "ses:SendRawEmail")]).Condition.StringEquals["ses:FromAddress"] == var.sender
    error_message = "letters go from one address"
  }
  assert {
    condition     = alltrue([for role in concat([aws_iam_role.cluster, aws_iam_role.nodes, aws_iam_role.documents], values(aws_iam_role.controllers)) : role.permissions_boundary == var.boundary_arn])
    error_message = "every role stays inside the boundary"
  }
}
