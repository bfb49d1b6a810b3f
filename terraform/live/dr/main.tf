# The region that stands ready: a replica of the database and a small cluster without programs that write. What is
# here costs about a sixth of the primary. deploy/region/switch makes it the first.
locals {
  name  = "caseway-dr"
  zones = [for letter in ["a", "b", "c"] : "${var.region}${letter}"]
}

module "network" {
  source       = "../../modules/network"
  boundary_arn = var.boundary_arn
  name         = local.name
  region       = var.region
  cidr         = "10.21.0.0/16"
  zones        = local.zones
  nat_gateways = var.awake ? 3 : 1
  kms_key_arn  = var.kms_key_arn
}

module "eks" {
  source                 = "../../modules/eks"
  account                = var.account
  sender                 = "no-reply@services.example.gov"
  boundary_arn           = var.boundary_arn
  name                   = local.name
  region                 = var.region
  pipeline_cidrs         = ["${var.site_address}/32"]
  vpc_id                 = module.network.vpc_id
  vpc_cidr               = module.network.cidr
  subnets                = module.network.private_subnets
  kms_key_arn            = var.kms_key_arn
  documents_arn          = var.documents_arn
  documents_kms_key_arn  = var.kms_key_arn
  administrator_role_arn = var.administrator_role_arn
  nodes                  = var.awake ? { least = 3, usual = 6, most = 15 } : { least = 2, usual = 2, most = 15 }
}

module "rds" {
  source         = "../../modules/rds"
  boundary_arn   = var.boundary_arn
  name           = local.name
  vpc_id         = module.network.vpc_id
  subnets        = module.network.isolated_subnets
  client_cidrs   = [module.network.cidr]
  kms_key_arn    = var.kms_key_arn
  source_arn     = var.promoted ? null : var.database_arn
  multi_az       = var.awake
  instance_class = var.awake ? "db.m6g.4xlarge" : "db.m6g.xlarge"
}

module "cache" {
  source        = "../../modules/cache"
  name          = local.name
  vpc_id        = module.network.vpc_id
  subnets       = module.network.isolated_subnets
  client_cidrs  = [module.network.cidr]
  kms_key_arn   = var.kms_key_arn
  user_group_id = "caseway-dr"
  node_type     = var.awake ? "cache.m7g.large" : "cache.t4g.small"
  nodes         = 2
}

# the servers of this site, and the copies of what the primary shares
module "secrets" {
  source            = "../../modules/secrets"
  boundary_arn      = var.boundary_arn
  region            = var.region
  kms_key_arn       = var.kms_key_arn
  oidc_provider     = module.eks.oidc_provider
  oidc_provider_arn = module.eks.oidc_provider_arn
  shared            = {}
  received_arns     = var.secret_arns
}

module "observability" {
  source             = "../../modules/observability"
  name               = local.name
  kms_key_arn        = var.kms_key_arn
  pagerduty_endpoint = var.pagerduty_endpoint
  rota_numbers       = var.rota_numbers
  database           = module.rds.identifier
  cache              = local.name
  replica            = var.promoted ? null : module.rds.identifier
}
