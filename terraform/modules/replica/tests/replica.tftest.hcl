mock_provider "aws" {
  mock_resource "aws_iam_policy" { defaults = { arn = "arn:aws:iam::111122223333:policy/mock" } }
  mock_resource "aws_s3_bucket" { defaults = { arn = "arn:aws:s3:::onprem" } }
}

variables {
  name        = "caseway-documents-onprem"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
}

run "nothing_is_lost_by_mistake" {
  assert {
    condition     = aws_s3_bucket.this.object_lock_enabled && aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && aws_s3_bucket_object_lock_configuration.this.rule[0].default_retention[0].days >= 30
    error_message = "versions, locked for a month"
  }
  assert {
    condition     = !strcontains(aws_iam_policy.writer.policy, "Delete") && !strcontains(aws_iam_policy.writer.policy, "\"*\"")
    error_message = "the key of the site deletes nothing and reaches nothing else"
  }
}

run "nobody_outside_and_nothing_unencrypted" {
  assert {
    condition     = aws_s3_bucket_public_access_block.this.block_public_acls && aws_s3_bucket_public_access_block.this.block_public_policy && aws_s3_bucket_public_access_block.this.ignore_public_acls && aws_s3_bucket_public_access_block.this.restrict_public_buckets
    error_message = "not public"
  }
  assert {
    condition     = strcontains(aws_s3_bucket_policy.this.policy, "s3:TlsVersion") && alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule : rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn])
    error_message = "TLS 1.3 and our key"
  }
}
