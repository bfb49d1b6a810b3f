output "copy_vault_arn" { value = aws_backup_vault.copy.arn }
