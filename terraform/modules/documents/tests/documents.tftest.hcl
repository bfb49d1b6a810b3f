mock_provider "aws" {
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
  mock_resource "aws_s3_bucket" { defaults = { arn = "arn:aws:s3:::primary" } }
}
mock_provider "aws" {
  alias = "other"
  mock_resource "aws_s3_bucket" { defaults = { arn = "arn:aws:s3:::copy" } }
}

variables {
  boundary_arn     = "arn:aws:iam::111122223333:policy/caseway-ci-boundary"
  name             = "caseway-documents-primary"
  copy_name        = "caseway-documents-dr"
  kms_key_arn      = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  copy_kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555556"
}

run "nothing_is_lost_by_mistake" {
  assert {
    condition     = aws_s3_bucket.this.object_lock_enabled && aws_s3_bucket.copy.object_lock_enabled
    error_message = "both buckets lock"
  }
  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && aws_s3_bucket_versioning.copy.versioning_configuration[0].status == "Enabled"
    error_message = "both keep versions"
  }
  assert {
    condition     = alltrue([for lock in [aws_s3_bucket_object_lock_configuration.this, aws_s3_bucket_object_lock_configuration.copy] : lock.rule[0].default_retention[0].days >= 30])
    error_message = "locked for a month"
  }
}

run "the_copy_is_promised_and_measured" {
  assert {
    condition     = aws_s3_bucket_replication_configuration.this.rule[0].destination[0].bucket == aws_s3_bucket.copy.arn && aws_s3_bucket_replication_configuration.this.rule[0].status == "Enabled"
    error_message = "everything is copied to the other region"
  }
  assert {
    condition     = aws_s3_bucket_replication_configuration.this.rule[0].destination[0].replication_time[0].time[0].minutes == 15 && aws_s3_bucket_replication_configuration.this.rule[0].destination[0].metrics[0].status == "Enabled"
    error_message = "RPO of 15 minutes, measured"
  }
  assert {
    condition     = aws_s3_bucket_replication_configuration.this.rule[0].destination[0].encryption_configuration[0].replica_kms_key_id == var.copy_kms_key_arn
    error_message = "the copy has the key of its region"
  }
}

run "what_is_written_after_a_switch_is_copied_back" {
  assert {
    condition     = aws_s3_bucket_replication_configuration.back.bucket == aws_s3_bucket.copy.id && aws_s3_bucket_replication_configuration.back.rule[0].destination[0].bucket == aws_s3_bucket.this.arn && aws_s3_bucket_replication_configuration.back.rule[0].status == "Enabled"
    error_message = "the way back finds every document"
  }
  assert {
    condition     = aws_s3_bucket_replication_configuration.back.rule[0].destination[0].encryption_configuration[0].replica_kms_key_id == var.kms_key_arn
    error_message = "with the key of the region where it goes"
  }
  assert {
    condition     = alltrue([for arn in [aws_s3_bucket.this.arn, aws_s3_bucket.copy.arn] : strcontains(aws_iam_role_policy.replication.policy, "${arn}/*")])
    error_message = "the role may read and write both"
  }
}

run "nobody_outside_and_nothing_unencrypted" {
  assert {
    condition     = alltrue([for b in [aws_s3_bucket_public_access_block.this, aws_s3_bucket_public_access_block.copy] : b.block_public_acls && b.block_public_policy && b.ignore_public_acls && b.restrict_public_buckets])
    error_message = "neither bucket is public"
  }
  assert {
    condition     = alltrue([for guard in [aws_s3_bucket_policy.this, aws_s3_bucket_policy.copy] : strcontains(guard.policy, "s3:TlsVersion")])
    error_message = "TLS 1.3 only"
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule : rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn])
    error_message = "encrypted with our key"
  }
}
