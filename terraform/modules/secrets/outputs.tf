output "reader_role_arn" { value = aws_iam_role.reader.arn }
output "copy_arns" {
  value       = [for name in keys(var.shared) : replace(aws_secretsmanager_secret.this[name].arn, ":${var.region}:", ":${var.copy_region}:")]
  description = "The copies of the shared ones: the same name and ending, in the other region."
}
