# Documents and certificates: versioned, locked against deletion, encrypted, and copied to the other region with a
# promise of 15 minutes that is measured. What is wrong with the copy is found by `manage.py check_documents` there.
locals {
  only_encrypted = { for name, arn in { this = aws_s3_bucket.this.arn, copy = aws_s3_bucket.copy.arn } : name => jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncryptedConnections"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [arn, "${arn}/*"]
      Condition = { NumericLessThan = { "s3:TlsVersion" = "1.3" } }
    }]
  }) }
}

resource "aws_s3_bucket" "this" {
  bucket              = var.name
  object_lock_enabled = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id
  rule { object_ownership = "BucketOwnerEnforced" }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration { status = "Enabled" }
}

# GOVERNANCE, not COMPLIANCE: data protection law can require a deletion, which a named role may then do.
resource "aws_s3_bucket_object_lock_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = var.locked_days
    }
  }
  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
    bucket_key_enabled = true # one call of KMS for many objects: nearly all of its price
  }
}

# Cost: documents are read in their first weeks and then hardly ever; older ones cost half.
resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    id     = "older"
    status = "Enabled"
    filter {}
    transition {
      days          = 90
      storage_class = "STANDARD_IA"
    }
    noncurrent_version_expiration { noncurrent_days = var.locked_days + 30 }
    abort_incomplete_multipart_upload { days_after_initiation = 7 }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket     = aws_s3_bucket.this.id
  policy     = local.only_encrypted.this
  depends_on = [aws_s3_bucket_public_access_block.this]
}

# --- the copy in the other region, which after a switch is written to: what guards the first guards it too
resource "aws_s3_bucket" "copy" {
  provider            = aws.other
  bucket              = var.copy_name
  object_lock_enabled = true
}

resource "aws_s3_bucket_public_access_block" "copy" {
  provider                = aws.other
  bucket                  = aws_s3_bucket.copy.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "copy" {
  provider = aws.other
  bucket   = aws_s3_bucket.copy.id
  versioning_configuration { status = "Enabled" }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "copy" {
  provider = aws.other
  bucket   = aws_s3_bucket.copy.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.copy_kms_key_arn
    }
    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket_ownership_controls" "copy" {
  provider = aws.other
  bucket   = aws_s3_bucket.copy.id
  rule { object_ownership = "BucketOwnerEnforced" }
}

resource "aws_s3_bucket_object_lock_configuration" "copy" {
  provider = aws.other
  bucket   = aws_s3_bucket.copy.id
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = var.locked_days
    }
  }
  depends_on = [aws_s3_bucket_versioning.copy]
}

# copies are STANDARD_IA from their first day
resource "aws_s3_bucket_lifecycle_configuration" "copy" {
  provider = aws.other
  bucket   = aws_s3_bucket.copy.id
  rule {
    id     = "older"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration { noncurrent_days = var.locked_days + 30 }
    abort_incomplete_multipart_upload { days_after_initiation = 7 }
  }
}

resource "aws_s3_bucket_policy" "copy" {
  provider   = aws.other
  bucket     = aws_s3_bucket.copy.id
  policy     = local.only_encrypted.copy
  depends_on = [aws_s3_bucket_public_access_block.copy]
}

resource "aws_iam_role" "replication" {
  name_prefix          = "caseway-replication-"
  permissions_boundary = var.boundary_arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "s3.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "replication" {
  role = aws_iam_role.replication.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # each reads itself and writes the other
      { Effect = "Allow", Action = ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource = [aws_s3_bucket.this.arn, aws_s3_bucket.copy.arn] },
      { Effect = "Allow", Action = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging", "s3:GetObjectRetention", "s3:GetObjectLegalHold", "s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"], Resource = ["${aws_s3_bucket.this.arn}/*", "${aws_s3_bucket.copy.arn}/*"] },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], Resource = [var.kms_key_arn, var.copy_kms_key_arn] },
    ]
  })
}

# Cost: the promise (RTC) is 0.015 USD a GB beside the traffic between regions; without it there is no metric of lag,
# and the target of 15 minutes could not be known to hold.
resource "aws_s3_bucket_replication_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  role   = aws_iam_role.replication.arn
  rule {
    id     = "all"
    status = "Enabled"
    filter {}
    delete_marker_replication { status = "Enabled" }
    source_selection_criteria {
      sse_kms_encrypted_objects { status = "Enabled" }
    }
    destination {
      bucket        = aws_s3_bucket.copy.arn
      storage_class = "STANDARD_IA"
      encryption_configuration { replica_kms_key_id = var.copy_kms_key_arn }
      metrics {
        status = "Enabled"
        event_threshold { minutes = 15 }
      }
      replication_time {
        status = "Enabled"
        time { minutes = 15 }
      }
    }
  }
  depends_on = [aws_s3_bucket_versioning.this, aws_s3_bucket_versioning.copy]
}

# After a switch the copy is what is written to: what comes there is copied back, or the way back would miss it. A copy is
# not copied again. Cost: nothing while nobody writes there.
resource "aws_s3_bucket_replication_configuration" "back" {
  provider = aws.other
  bucket   = aws_s3_bucket.copy.id
  role     = aws_iam_role.replication.arn
  rule {
    id     = "all"
    status = "Enabled"
    filter {}
    delete_marker_replication { status = "Enabled" }
    source_selection_criteria {
      sse_kms_encrypted_objects { status = "Enabled" }
    }
    destination {
      bucket = aws_s3_bucket.this.arn
      encryption_configuration { replica_kms_key_id = var.kms_key_arn }
      metrics {
        status = "Enabled"
        event_threshold { minutes = 15 }
      }
      replication_time {
        status = "Enabled"
        time { minutes = 15 }
      }
    }
  }
  depends_on = [aws_s3_bucket_versioning.this, aws_s3_bucket_versioning.copy]
}
