output "bucket" { value = aws_s3_bucket.this.id }
output "arn" { value = aws_s3_bucket.this.arn }
output "copy_arn" { value = aws_s3_bucket.copy.arn }
output "copy_bucket" { value = aws_s3_bucket.copy.id }
