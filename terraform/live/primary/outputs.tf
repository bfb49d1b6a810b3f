# What live/dr and the overlays of deploy/kubernetes need.
output "database_arn" { value = module.rds.arn }
output "database_replicates" { value = module.rds.replicates }
output "database_multi_az" { value = module.rds.multi_az }
output "copy_kms_key_arn" { value = aws_kms_key.copy.arn }
output "copy_bucket" { value = module.documents.copy_bucket }
output "copy_bucket_arn" { value = module.documents.copy_arn }
output "documents_role_arn" { value = module.eks.documents_role_arn }
output "secrets_role_arn" { value = module.secrets.reader_role_arn }
output "secret_copy_arns" { value = module.secrets.copy_arns }
output "isolated_cidr" { value = module.network.isolated_cidr }
output "boundary_arn" { value = module.ci.boundary_arn }
output "ci_roles" { value = module.ci.roles }
