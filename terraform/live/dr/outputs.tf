output "database_replicates" { value = module.rds.replicates }
output "database_identifier" { value = module.rds.identifier }
output "documents_role_arn" { value = module.eks.documents_role_arn }
output "secrets_role_arn" { value = module.secrets.reader_role_arn }
output "isolated_cidr" { value = module.network.isolated_cidr }
