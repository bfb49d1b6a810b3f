# The primary region, whole. Addresses of both regions are chosen so that neither meets the other nor the site.
locals {
  name         = "caseway"
  zones        = [for letter in ["a", "b", "c"] : "${var.region}${letter}"]
  auto_scaling = "arn:aws:iam::${var.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
  # the logs of CloudWatch ask the key by themselves; people and roles through IAM
  key_policy = { for region in [var.region, var.copy_region] : region => jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Account", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${var.account}:root" }, Action = "kms:*", Resource = "*" },
      { Sid = "Logs", Effect = "Allow", Principal = { Service = "logs.${region}.amazonaws.com" }, Action = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"], Resource = "*" },
      # the disks of the nodes are made by Auto Scaling with a role of its own, which no policy of ours reaches
      { Sid = "Disks", Effect = "Allow", Principal = { AWS = local.auto_scaling }, Action = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"], Resource = "*" },
      { Sid = "DisksOfNodes", Effect = "Allow", Principal = { AWS = local.auto_scaling }, Action = "kms:CreateGrant", Resource = "*", Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } } },
      { Sid = "Alarms", Effect = "Allow", Principal = { Service = "cloudwatch.amazonaws.com" }, Action = ["kms:Decrypt", "kms:GenerateDataKey*"], Resource = "*" },
    ]
  }) }
}

resource "aws_kms_key" "this" {
  description             = "Everything of Caseway in the primary region"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = local.key_policy[var.region]
}

resource "aws_kms_key" "copy" {
  provider                = aws.other
  description             = "Everything of Caseway in the region that stands ready"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = local.key_policy[var.copy_region]
}

module "network" {
  source       = "../../modules/network"
  boundary_arn = module.ci.boundary_arn
  name         = local.name
  region       = var.region
  cidr         = "10.20.0.0/16"
  zones        = local.zones
  kms_key_arn  = aws_kms_key.this.arn
}

module "connectivity" {
  source           = "../../modules/connectivity"
  name             = local.name
  vpc_id           = module.network.vpc_id
  vpc_cidr         = module.network.cidr
  route_tables     = module.network.route_tables
  dx_connection_id = var.dx_connection_id
  vlan             = 101
  site_address     = var.site_address
  alarm_topic_arn  = module.observability.alarm_topic_arn
}

module "documents" {
  source           = "../../modules/documents"
  boundary_arn     = module.ci.boundary_arn
  providers        = { aws = aws, aws.other = aws.other }
  name             = "${local.name}-documents-primary"
  copy_name        = "${local.name}-documents-dr"
  kms_key_arn      = aws_kms_key.this.arn
  copy_kms_key_arn = aws_kms_key.copy.arn
}

# the second copy of what the site on-premises keeps on its NAS
module "replica" {
  source      = "../../modules/replica"
  name        = "${local.name}-documents-onprem"
  kms_key_arn = aws_kms_key.this.arn
}

module "eks" {
  source                 = "../../modules/eks"
  account                = var.account
  sender                 = "no-reply@services.example.gov"
  boundary_arn           = module.ci.boundary_arn
  name                   = local.name
  region                 = var.region
  pipeline_cidrs         = ["${var.site_address}/32"]
  vpc_id                 = module.network.vpc_id
  vpc_cidr               = module.network.cidr
  subnets                = module.network.private_subnets
  kms_key_arn            = aws_kms_key.this.arn
  documents_arn          = module.documents.arn
  documents_kms_key_arn  = aws_kms_key.this.arn
  administrator_role_arn = var.administrator_role_arn
}

module "rds" {
  source       = "../../modules/rds"
  boundary_arn = module.ci.boundary_arn
  name         = local.name
  vpc_id       = module.network.vpc_id
  subnets      = module.network.isolated_subnets
  client_cidrs = [module.network.cidr, var.site_cidr]
  kms_key_arn  = aws_kms_key.this.arn
  source_arn   = var.follows
}

module "cache" {
  source        = "../../modules/cache"
  name          = local.name
  vpc_id        = module.network.vpc_id
  subnets       = module.network.isolated_subnets
  client_cidrs  = [module.network.cidr]
  kms_key_arn   = aws_kms_key.this.arn
  user_group_id = local.name
}

module "secrets" {
  source            = "../../modules/secrets"
  boundary_arn      = module.ci.boundary_arn
  region            = var.region
  copy_region       = var.copy_region
  kms_key_arn       = aws_kms_key.this.arn
  copy_kms_key_arn  = aws_kms_key.copy.arn
  oidc_provider     = module.eks.oidc_provider
  oidc_provider_arn = module.eks.oidc_provider_arn
}

module "observability" {
  source             = "../../modules/observability"
  name               = local.name
  kms_key_arn        = aws_kms_key.this.arn
  pagerduty_endpoint = var.pagerduty_endpoint
  rota_numbers       = var.rota_numbers
  database           = module.rds.identifier
  cache              = local.name
  bucket_pair        = { from = module.documents.bucket, to = module.documents.copy_bucket }
}

module "dr" {
  source           = "../../modules/dr"
  boundary_arn     = module.ci.boundary_arn
  providers        = { aws = aws, aws.other = aws.other }
  name             = local.name
  kms_key_arn      = aws_kms_key.this.arn
  copy_kms_key_arn = aws_kms_key.copy.arn
  resources        = [module.rds.arn, module.eks.media_arn]
}

# The balancers are made by the clusters; their names are put into the variables after the first start of each.
module "edge" {
  count           = length(var.balancers) == 2 ? 1 : 0
  source          = "../../modules/edge"
  providers       = { aws = aws, aws.global = aws.global }
  name            = local.name
  zone_id         = var.zone_id
  public_name     = "services.example.gov"
  origin_name     = "origin.services.example.gov"
  certificate_arn = var.certificate_arn
  balancers       = var.balancers
}

module "ci" {
  source      = "../../modules/ci"
  repository  = var.repository
  regions     = [var.region, var.copy_region, "us-east-1"]
  kms_key_arn = aws_kms_key.this.arn
}
