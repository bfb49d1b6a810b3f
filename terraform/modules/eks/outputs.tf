output "name" { value = aws_eks_cluster.this.name }
output "oidc_provider" { value = local.issuer }
output "oidc_provider_arn" { value = aws_iam_openid_connect_provider.this.arn }
output "documents_role_arn" { value = aws_iam_role.documents.arn }
output "media_arn" { value = aws_efs_file_system.media.arn }
