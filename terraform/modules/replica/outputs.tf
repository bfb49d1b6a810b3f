output "bucket" { value = aws_s3_bucket.this.id }
output "writer_policy_arn" { value = aws_iam_policy.writer.arn }
