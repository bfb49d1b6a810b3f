output "arn" { value = aws_db_instance.this.arn }
output "identifier" { value = aws_db_instance.this.identifier }
output "address" { value = aws_db_instance.this.address }
output "multi_az" { value = aws_db_instance.this.multi_az }
output "replicates" { value = aws_db_instance.this.replicate_source_db }
