mock_provider "aws" {}

variables {
  name          = "caseway"
  vpc_id        = "vpc-1"
  subnets       = ["subnet-1", "subnet-2", "subnet-3"]
  client_cidrs  = ["10.20.0.0/16"]
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  user_group_id = "caseway"
}

run "it_survives_a_zone_encrypts_and_never_forgets_a_task" {
  assert {
    condition     = aws_elasticache_replication_group.this.multi_az_enabled && aws_elasticache_replication_group.this.automatic_failover_enabled
    error_message = "several zones and automatic failover"
  }
  assert {
    condition     = aws_elasticache_replication_group.this.at_rest_encryption_enabled && aws_elasticache_replication_group.this.transit_encryption_mode == "required"
    error_message = "encrypted where it lies and on its way"
  }
  assert {
    condition     = contains([for p in aws_elasticache_parameter_group.this.parameter : p.value], "noeviction")
    error_message = "a full broker refuses"
  }
  assert {
    condition     = aws_elasticache_replication_group.this.num_node_groups == null || aws_elasticache_replication_group.this.cluster_mode != "enabled"
    error_message = "not in cluster mode"
  }
}

run "one_node_alone_is_refused" {
  command = plan
  variables { nodes = 1 }
  expect_failures = [var.nodes]
}
