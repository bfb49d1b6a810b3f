# Redis: the broker of the workers and the cache of pages. Sessions and outbox are in PostgreSQL, so its loss costs
# no work; that is why there is no copy of it in the other region.
# Not in cluster mode: Celery needs all its keys on one shard.
resource "aws_elasticache_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnets
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-cache-"
  description = "Redis from the nodes"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each          = toset(var.client_cidrs)
  security_group_id = aws_security_group.this.id
  description       = "Redis from ${each.key}"
  cidr_ipv4         = each.key
  from_port         = 6379
  to_port           = 6379
  ip_protocol       = "tcp"
}

resource "aws_elasticache_parameter_group" "this" {
  name   = var.name
  family = "redis7"
  # a full broker must refuse, not forget: what is forgotten here is a task
  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = var.name
  description                = "Broker and cache of Caseway"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = var.node_type
  num_cache_clusters         = var.nodes
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.this.name
  security_group_ids         = [aws_security_group.this.id]
  parameter_group_name       = aws_elasticache_parameter_group.this.name
  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [var.user_group_id]
  snapshot_retention_limit   = 3
  auto_minor_version_upgrade = true
  maintenance_window         = "sun:02:00-sun:04:00"
}
