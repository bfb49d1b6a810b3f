output "boundary_arn" { value = aws_iam_policy.boundary.arn }
output "roles" { value = { for name, role in aws_iam_role.this : name => role.arn } }
output "repository_url" { value = aws_ecr_repository.this.repository_url }
