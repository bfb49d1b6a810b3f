mock_provider "aws" {
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws:iam::111122223333:role/mock" } }
}

variables {
  boundary_arn = "arn:aws:iam::111122223333:policy/caseway-ci-boundary"
  name         = "caseway"
  vpc_id       = "vpc-1"
  subnets      = ["subnet-1", "subnet-2", "subnet-3"]
  client_cidrs = ["10.20.0.0/16"]
  source_arn   = "arn:aws:rds:eu-central-1:111122223333:db:caseway"
  kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
}

run "a_replica_follows_and_is_encrypted_with_the_key_of_its_region" {
  assert {
    condition     = aws_db_instance.this.replicate_source_db == var.source_arn
    error_message = "it follows the primary"
  }
  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == var.kms_key_arn
    error_message = "encrypted"
  }
}
