output "distribution_id" { value = aws_cloudfront_distribution.this.id }
output "health_checks" { value = { for name, check in aws_route53_health_check.this : name => check.id } }
